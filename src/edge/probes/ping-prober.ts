// ICMP echo through the system's ping, where no raw socket can be had: no privilege, no addon, or no Linux.
import type { IcmpSend } from '../../model/observation.js';
import { TOO_LONG_HERE } from '../host/icmp-socket.js';
import { inNetns, LostNetnsError } from '../host/netns.js';
import { markSending, noteReply, type Prober, type Trial } from './trial.js';

/** What is used of the npm package ping. */
interface PingModule {
  readonly promise: {
    readonly probe: (
      target: string,
      config: { numeric: boolean; timeout: number; min_reply: number; extra: string[] },
    ) => Promise<{ alive: boolean; time: number | 'unknown'; output: string }>;
  };
}

/** ping(8) counts its waiting time in whole seconds; one is the least. */
const TIMEOUT_S = 1;
/** The inode of the host's namespace where there are none: not Linux. */
const NO_NAMESPACES = 0;
/** Of IP and of ICMP. */
const HEADER_BYTES = 28;
/** Each is a process; more at once would be no good guest. */
const MOST_PROCESSES = 64;

export async function createPingProber(
  netnsPaths: ReadonlyMap<number, string | null>,
): Promise<Prober> {
  const { default: ping } = (await import('ping')) as { default: PingModule };
  const pings: Promise<void>[] = [];
  return {
    send(trial) {
      const { send } = trial.step;
      // Each process sends by itself; a second one would only repeat it.
      if (send.kind !== 'icmp' || trial.sent > 0) return;
      if (pings.length >= MOST_PROCESSES) {
        trial.error = `not tried: without raw sockets a run starts ${MOST_PROCESSES.toString()} pings at the most`;
        return;
      }
      const path = send.netns === NO_NAMESPACES ? null : netnsPaths.get(send.netns);
      if (path === undefined) {
        trial.error = 'its network namespace could not be found again';
        return;
      }
      trial.sent = 1;
      markSending(trial);
      pings.push(probeIn(ping, path, { trial, send }));
    },
    async close() {
      // They end by themselves within their timeout, and an answer that comes late is still one.
      await Promise.all(pings);
    },
  };
}

/** ping(8): a name after -I binds to that link, whatever the routes say; -M do forbids fragments; -s counts no header. */
function optionsOf({ device, bytes }: IcmpSend): string[] {
  const size = bytes === undefined ? [] : ['-M', 'do', '-s', (bytes - HEADER_BYTES).toString()];
  return [...(device === undefined ? [] : ['-I', device]), ...size];
}

/** A child process is born in the namespace that this thread is in while it starts, and ping starts at once. */
async function probeIn(
  ping: PingModule,
  path: string | null,
  { trial, send }: { readonly trial: Trial; readonly send: IcmpSend },
): Promise<void> {
  try {
    const extra = optionsOf(send);
    const config = { numeric: true, timeout: TIMEOUT_S, min_reply: 1, extra };
    const answer = await inNetns(path, () => ping.promise.probe(trial.step.target, config));
    const { output } = answer;
    const tooBig = /^From (\S+).*frag needed.*mtu = (\d+)/imu.exec(output);
    if (tooBig) trial.tooBig = { by: tooBig[1] ?? '', mtu: Number(tooBig[2]) };
    if (answer.alive) {
      const rttMs = typeof answer.time === 'number' ? answer.time : 0;
      noteReply(trial, trial.sentAtMs + rttMs);
    } else if (/local error|message too long/iu.test(output)) {
      trial.sent = 0;
      trial.error = TOO_LONG_HERE;
    } else if (!/transmitted|packets/iu.test(output)) {
      trial.sent = 0;
      trial.error = 'ping is of a kind that is not understood here';
    }
  } catch (error) {
    if (error instanceof LostNetnsError) throw error;
    trial.sent = 0;
    trial.error = 'ping is not installed here, or may not be used';
  }
}
