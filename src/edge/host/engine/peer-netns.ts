// In which network namespace the process behind a unix socket lives: SO_PEERCRED (unix(7)) and /proc/PID/ns/net.
import { statSync } from 'node:fs';
import { type Fact, known, unknown } from '../../../model/fact.js';
import { callC, close, SOCK_NONBLOCK, socket, SyscallError } from '../syscalls.js';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOL_SOCKET = 1;
/** asm-generic/socket.h; asm/socket.h of powerpc differs. */
const SO_PEERCRED = process.arch === 'ppc64' ? 21 : 17;

/** `sun_path` of sockaddr_un, its final zero included. */
const PATH_BYTES = 108;

/** Inode of the namespace; unknown for anything that is not a unix socket of a process whose namespace may be read. */
export function peerNetns(endpoint: string): Fact<number> {
  if (process.platform !== 'linux')
    return unknown('absent', 'network namespaces are a thing of Linux');
  if (!endpoint.startsWith('unix://'))
    return unknown('skipped', `${endpoint} is not a unix socket`);
  try {
    const pid = peerPid(endpoint.slice('unix://'.length));
    // 0 stands for a process that this pid namespace does not see.
    if (pid <= 0)
      return unknown('failed', `the process behind ${endpoint} is not visible from here`);
    return known(statSync(`/proc/${pid.toString()}/ns/net`).ino);
  } catch (error) {
    const code = errorCode(error);
    const state = code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed';
    return unknown(state, `the namespace behind ${endpoint} could not be read (${code})`);
  }
}

function peerPid(path: string): number {
  const address = socketAddress(path);
  // Non-blocking: a daemon whose queue is full is EAGAIN at once and no wait.
  const fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  try {
    callC(
      'connect',
      'int connect(int fd, const void *address, uint32_t length)',
      fd,
      address,
      address.length,
    );
    // struct ucred: pid, uid, gid, 32 bits each.
    const credentials = new Int32Array(3);
    const length = Uint32Array.of(credentials.byteLength);
    callC(
      'getsockopt',
      'int getsockopt(int fd, int level, int name, void *value, void *length)',
      fd,
      SOL_SOCKET,
      SO_PEERCRED,
      credentials,
      length,
    );
    return credentials[0] ?? 0;
  } finally {
    close(fd);
  }
}

/** struct sockaddr_un: the family in the machine's byte order, then the path with its zero. */
function socketAddress(path: string): Uint8Array {
  const bytes = Buffer.from(path, 'utf8');
  if (bytes.length >= PATH_BYTES)
    throw Object.assign(new Error('path too long'), { code: 'ENAMETOOLONG' });
  const address = Buffer.alloc(2 + PATH_BYTES);
  new Uint16Array(address.buffer, address.byteOffset, 1)[0] = AF_UNIX;
  bytes.copy(address, 2);
  return address;
}

function errorCode(error: unknown): string {
  if (error instanceof SyscallError) return error.errno;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
