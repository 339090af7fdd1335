// The only door to the machine, as gatherers and probes see it. One real implementation (real-host.ts), one fake (tests).
import type { Fact } from '../../model/fact.js';
import type { Projection } from '../../model/projection.js';

/** Reading what exists; never a write, never a wait. All calls are synchronous and bounded in size. */
export interface FileDoor {
  /** At most `limitBytes` (default 1 MiB) of the file as UTF-8. */
  readonly readText: (path: string, limitBytes?: number) => Fact<string>;
  /**
   * The same for a path below `root`, whose links lead nowhere else, as if `root` were the root folder: for files of a
   * process with a root of its own (`/proc/PID/root`), which may be hostile. Linux only.
   */
  readonly readTextBelow: (root: string, path: string, limitBytes?: number) => Fact<string>;
  /** Sorted entry names of a folder. */
  readonly list: (path: string) => Fact<readonly string[]>;
  /** Where a symbolic link points, as it is written. */
  readonly readLink: (path: string) => Fact<string>;
  /** Inode of what the path names, links followed: the identity of an nsfs file. */
  readonly inode: (path: string) => Fact<number>;
}

/** How one question to an engine is asked. */
export interface Asking {
  /** Less than the usual patience. */
  readonly timeoutMs?: number;
  /** What is asked about may have vanished since it was listed: HTTP 404 is then `absent`, and else a failure. */
  readonly mayBeGone?: boolean;
}

/** Read-only calls to a container engine's HTTP API. */
export interface EngineDoor {
  /**
   * GET `path` at `endpoint` (`unix:///…`, `tcp://host:port`, `npipe:////./pipe/…`), and of the answer what the
   * projection allows. Ends by itself: time, size and depth are bounded, and a socket that hangs, garbage and a refusal
   * each come back as a Fact with a plain reason.
   */
  readonly getJson: (
    endpoint: string,
    path: string,
    projection: Projection,
    asking?: Asking,
  ) => Promise<Fact<unknown>>;
  /** Inode of the network namespace of the process behind a unix socket (SO_PEERCRED, unix(7)). */
  readonly peerNetns: (endpoint: string) => Fact<number>;
}

/** Rtnetlink, spoken in this process on sockets born in a given namespace (rtnetlink(7)). Linux only. */
export interface NetlinkDoor {
  /**
   * Sends each request in turn on one socket of the namespace at `netnsPath` (null: the doctor's own) and returns, per
   * request, the messages of its answer, headers included. An interrupted dump (NLM_F_DUMP_INTR) is taken again.
   * `NLMSG_ERROR` comes back as a message like any other.
   */
  readonly ask: (
    netnsPath: string | null,
    requests: readonly Uint8Array[],
  ) => Fact<readonly (readonly Uint8Array[])[]>;
  /** The same on a generic netlink socket of the doctor's own namespace (nl80211). */
  readonly askGeneric: (
    requests: readonly Uint8Array[],
  ) => Fact<readonly (readonly Uint8Array[])[]>;
  /** Hands an fd of the doctor's own namespace to `act`, for RTM_GETNSID; it stays open, and `act` must not close it. */
  readonly withHostNetnsFd: <T>(act: (fd: number) => T) => T;
}

/** What shows the network namespace of whoever looks. Linux only. */
export interface NetnsDoor {
  /**
   * Texts of files that tell of the reader's own namespace (`/proc/sys/net`, `/proc/thread-self/net`), read inside the
   * namespace at `netnsPath` (null: the doctor's own).
   */
  readonly readTexts: (
    netnsPath: string | null,
    paths: readonly string[],
  ) => Fact<readonly Fact<string>[]>;
  /**
   * What a program prints that is born inside the namespace. It must only look. `absent` when it is not installed,
   * `denied` when it may not look, `failed` when it says no or takes too long.
   */
  readonly read: (
    netnsPath: string | null,
    argv: readonly [string, ...string[]],
  ) => Promise<Fact<string>>;
  /** What ethtool(8) -i tells of a link of the doctor's own namespace; `absent` for one without a driver. */
  readonly driverOf: (
    ifname: string,
  ) => Fact<{ readonly driver: string; readonly busInfo: string }>;
}

/** The machine, as far as anybody may look. */
export interface Host {
  /** `process.platform`. */
  readonly os: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `os.homedir()`, and the home of the user behind sudo, without repeats. */
  readonly homes: readonly string[];
  /** getuid(2); -1 where there are no user numbers. */
  readonly uid: number;
  readonly hostname: string;
  /** `os.release()`. */
  readonly kernel: string;
  /** `process.arch`. */
  readonly arch: string;
  /** Monotonic, milliseconds. */
  readonly monotonicMs: () => number;
  readonly files: FileDoor;
  readonly engine: EngineDoor;
  /** Null where there is no Linux. */
  readonly netlink: NetlinkDoor | null;
  /** Null where there is no Linux. */
  readonly netns: NetnsDoor | null;
}
