// System calls that Node lacks (sockets of any family, setns, poll), made through libc by way of koffi. Linux only.
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** A C function as koffi binds it: scalars as numbers, `void *` as typed arrays or null. */
interface CFunction {
  (...args: readonly unknown[]): unknown;
  /** The same on a thread of libuv's pool; errno is lost. The last argument is a Node-style callback. */
  readonly async: (...args: readonly unknown[]) => void;
}

interface Koffi {
  readonly load: (path: string | null) => { readonly func: (definition: string) => CFunction };
  readonly errno: () => number;
  readonly struct: (name: string, fields: Readonly<Record<string, string>>) => unknown;
}

/** A system call that failed: `errno` by name (`EPERM`), `code` by number. */
export class SyscallError extends Error {
  override readonly name = 'SyscallError';
  readonly syscall: string;
  readonly errno: string;
  readonly code: number;

  constructor(syscall: string, code: number) {
    const errno = errnoName(code);
    super(`${syscall}: ${errnoText(code)} (${errno})`);
    this.syscall = syscall;
    this.errno = errno;
    this.code = code;
  }
}

/** `EPERM` for 1; the number as text for one that this system does not know. */
function errnoName(code: number): string {
  const found = Object.entries(constants.errno).find(([, value]) => value === code);
  return found?.[0] ?? String(code);
}

/** `operation not permitted` for 1 (EPERM). */
function errnoText(code: number): string {
  return getSystemErrorMap().get(-code)?.[1] ?? `error ${code.toString()}`;
}

let koffi: Koffi | undefined;
const bound = new Map<string, CFunction>();

/**
 * Binds a C function of libc by its C definition, once; `size_t` and `ssize_t` are `uintptr_t` and `intptr_t` to koffi.
 * The native library is loaded by the first call of this, so that nothing else pays for it.
 */
export function bindC(definition: string): CFunction {
  const known = bound.get(definition);
  if (known) return known;
  if (process.platform !== 'linux') throw new Error('system calls are made on Linux only');
  koffi ??= createRequire(import.meta.url)('koffi') as Koffi;
  const made = fromLibc(koffi, definition);
  bound.set(definition, made);
  return made;
}

/** The running program has libc's symbols, glibc's or musl's; a Node linked in an unusual way may hide them. */
function fromLibc(library: Koffi, definition: string): CFunction {
  try {
    return library.load(null).func(definition);
  } catch {
    return library.load('libc.so.6').func(definition);
  }
}

// A signal may interrupt a call again and again, but not for ever.
const MAX_INTERRUPTIONS = 100;

/** Calls a C function that returns -1 and errno on failure; an interrupted call (EINTR) is made again. */
export function callC(name: string, definition: string, ...args: readonly unknown[]): number {
  const call = bindC(definition);
  for (let attempt = 0; ; attempt++) {
    const result = Number(call(...args));
    if (result !== -1) return result;
    const code = koffi?.errno() ?? 0;
    if (code !== constants.errno.EINTR || attempt === MAX_INTERRUPTIONS) {
      throw new SyscallError(name, code);
    }
  }
}

const structs = new Set<string>();

/** Makes a C struct known to the definitions of {@link callC} by its name: fields in order, by their C types. */
export function defineStruct(name: string, fields: Readonly<Record<string, string>>): void {
  if (structs.has(name)) return;
  structs.add(name);
  // Loads the library.
  bindC('int close(int fd)');
  koffi?.struct(name, fields);
}

// Close-on-exec; never waits for a pipe's other end, never adopts a terminal.
const OPEN_FLAGS = 0o2000000 | 0o4000 | 0o400;

/** Opens for reading. */
export function open(path: string): number {
  return callC('open', 'int open(const char *path, int flags)', path, OPEN_FLAGS);
}

const CLOSE_DEFINITION = 'int close(int fd)';

/** Never throws: after close there is nothing left to do about an error, and it must not be made again. */
export function close(fd: number): void {
  bindC(CLOSE_DEFINITION)(fd);
}

/** The same on a thread of libuv's pool, for what the kernel takes its time to close. */
export function closeAsync(fd: number): Promise<void> {
  return new Promise((resolve) => {
    bindC(CLOSE_DEFINITION).async(fd, () => {
      resolve();
    });
  });
}

/** Moves the calling thread into a namespace (setns(2)); use `inNetns`, which also goes back. */
export function setns(fd: number, type: number): void {
  callC('setns', 'int setns(int fd, int type)', fd, type);
}

// Families and types of socket(2), by Linux's numbers (asm-generic).
export const AF_INET = 2;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const SOCK_STREAM = 1;
export const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
export const SOCK_NONBLOCK = 0o4000;

/** A socket(2), close-on-exec. */
export function socket(family: number, type: number, protocol: number): number {
  const definition = 'int socket(int family, int type, int protocol)';
  return callC('socket', definition, family, type | SOCK_CLOEXEC, protocol);
}

/** `address` is a packed sockaddr of the socket's family. */
export function bind(fd: number, address: Uint8Array): void {
  const definition = 'int bind(int fd, const void *address, uint32_t length)';
  callC('bind', definition, fd, address, address.length);
}

/** Starts a connection; a socket that does not wait says EINPROGRESS by a SyscallError. */
export function connect(fd: number, address: Uint8Array): void {
  const definition = 'int connect(int fd, const void *address, uint32_t length)';
  callC('connect', definition, fd, address, address.length);
}

/** Bytes sent; to `address` when it is given, else to the connected or the kernel's end. */
export function send(fd: number, data: Uint8Array, address: Uint8Array | null = null): number {
  const definition =
    'intptr_t sendto(int fd, const void *data, uintptr_t length, int flags, const void *address, uint32_t size)';
  return callC('sendto', definition, fd, data, data.length, 0, address, address?.length ?? 0);
}

/** Take what is there and never wait. */
export const MSG_DONTWAIT = 0x40;
/** Return the true length of a datagram, also when the buffer is too small for it. */
export const MSG_TRUNC = 0x20;

/** Bytes received into `into`, or undefined when there is nothing now (EAGAIN). */
export function receive(fd: number, into: Uint8Array, flags = MSG_DONTWAIT): number | undefined {
  return receiveFrom(fd, into, null, flags);
}

/** As {@link receive}, and writes the sender's sockaddr into `sender`. */
export function receiveFrom(
  fd: number,
  into: Uint8Array,
  sender: Uint8Array | null,
  flags = MSG_DONTWAIT,
): number | undefined {
  const definition =
    'intptr_t recvfrom(int fd, void *into, uintptr_t length, int flags, void *sender, void *size)';
  const size = sender ? new Uint32Array([sender.length]) : null;
  try {
    return callC('recvfrom', definition, fd, into, into.length, flags, sender, size);
  } catch (error) {
    if (error instanceof SyscallError && error.errno === 'EAGAIN') return undefined;
    throw error;
  }
}

export const SOL_SOCKET = 1;

/** `value` is laid out as the option wants it (setsockopt(2)). */
export function setOption(fd: number, level: number, option: number, value: Uint8Array): void {
  const definition =
    'int setsockopt(int fd, int level, int option, const void *value, uint32_t length)';
  callC('setsockopt', definition, fd, level, option, value, value.length);
}

/** Fills `into` as far as the option goes (getsockopt(2)). */
export function getOption(fd: number, level: number, option: number, into: Uint8Array): void {
  const definition = 'int getsockopt(int fd, int level, int option, void *value, void *length)';
  callC('getsockopt', definition, fd, level, option, into, new Uint32Array([into.length]));
}

const SO_ATTACH_FILTER = 26;
const FILTER_INSTRUCTION_BYTES = 8;
let isFilterTypeKnown = false;

/** Attaches a classic BPF program, packed as `struct sock_filter[]` (socket(7), bpf(4)). */
export function attachFilter(fd: number, program: Uint8Array): void {
  if (!isFilterTypeKnown) {
    bindC(CLOSE_DEFINITION);
    koffi?.struct('sock_fprog', { len: 'uint16_t', filter: 'void *' });
    isFilterTypeKnown = true;
  }
  const definition =
    'int setsockopt(int fd, int level, int option, const sock_fprog *value, uint32_t length)';
  const value = { len: program.length / FILTER_INSTRUCTION_BYTES, filter: program };
  // Two bytes, padding up to a pointer, the pointer.
  const bytes = 2 * POINTER_BYTES;
  callC('setsockopt', definition, fd, SOL_SOCKET, SO_ATTACH_FILTER, value, bytes);
}

const POINTER_BYTES = ['x64', 'arm64', 'riscv64', 'loong64', 'ppc64', 's390x'].includes(
  process.arch,
)
  ? 8
  : 4;

const POLLIN = 1;
const POLLOUT = 4;
const POLL_DEFINITION = 'int poll(void *entries, unsigned long count, int timeoutMs)';

/** Waits until one of the descriptors can be read (or is in error), at most `timeoutMs`: those that can. */
export function poll(fds: readonly number[], timeoutMs: number): number[] {
  const entries = pollEntries(fds);
  callC('poll', POLL_DEFINITION, entries, fds.length, timeoutMs);
  return readyOf(fds, entries);
}

/** Those of the descriptors that could be written to now (a connection stands or has failed); never waits. */
export function pollWritable(fds: readonly number[]): number[] {
  const entries = pollEntries(fds, POLLOUT);
  callC('poll', POLL_DEFINITION, entries, fds.length, 0);
  return readyOf(fds, entries);
}

/**
 * The same as {@link poll} on a thread of libuv's pool: the event loop goes on. It cannot be cut short, so keep `timeoutMs` small, and
 * do not close a descriptor while it is waited for. An interrupted wait ends with none ready.
 */
export function pollAsync(fds: readonly number[], timeoutMs: number): Promise<number[]> {
  const entries = pollEntries(fds);
  return new Promise((resolve, reject) => {
    bindC(POLL_DEFINITION).async(entries, fds.length, timeoutMs, (error: Error | null) => {
      if (error) reject(error);
      else resolve(readyOf(fds, entries));
    });
  });
}

/** An array of `struct pollfd` (poll(2)): int fd, short events, short revents. */
function pollEntries(fds: readonly number[], events = POLLIN): Uint8Array {
  const entries = new DataView(new ArrayBuffer(Math.max(1, fds.length) * 8));
  for (const [index, fd] of fds.entries()) {
    entries.setInt32(index * 8, fd, true);
    entries.setInt16(index * 8 + 4, events, true);
  }
  return new Uint8Array(entries.buffer);
}

function readyOf(fds: readonly number[], entries: Uint8Array): number[] {
  const view = new DataView(entries.buffer);
  return fds.filter((_fd, index) => view.getInt16(index * 8 + 6, true) !== 0);
}
