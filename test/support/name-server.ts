// A DNS server of a few lines, in any namespace, and questions to it from any other.
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Answers every question for an A record with this, on port 53 of the address in `argv[1]`. */
const ANSWER = '192.0.2.99';
const SERVER = `
const socket = require('node:dgram').createSocket('udp4');
const rdata = '${ANSWER}'.split('.').map(Number);
socket.on('message', (query, { address, port }) => {
  let end = 12;
  while (query[end] !== 0 && end < query.length) end += query[end] + 1;
  const question = query.subarray(12, end + 5);
  const isA = query[end + 2] === 1;
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(isA ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const answer = isA ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...rdata]) : Buffer.alloc(0);
  socket.send(Buffer.concat([head, question, answer]), port, address);
});
socket.bind(53, process.argv[1], () => console.log('ready'));
`;

/** Serves names in a namespace (a path under /run/netns or /proc) while `act` runs. */
export async function withNameServer<T>(
  netns: string,
  ip: string,
  act: () => Promise<T> | T,
): Promise<T> {
  const server = spawn('nsenter', [`--net=${netns}`, process.execPath, '-e', SERVER, ip], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', resolve));
  try {
    await new Promise<void>((resolve, reject) => {
      server.stdout.once('data', resolve);
      server.once('exit', () => reject(new Error(`no name server came up at ${ip}`)));
    });
    return await act();
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/** Whether somebody in the namespace gets a name from the server at `ip`. */
export async function getsNames(netns: string, ip: string): Promise<boolean> {
  return isToldBy('nsenter', [`--net=${netns}`, 'timeout', '4', 'busybox', 'nslookup', NAME, ip]);
}

/** Whether a container gets a name from whomever it asks. */
export function containerGetsNames(
  docker: (...args: readonly string[]) => string,
  container: string,
): boolean {
  try {
    return docker(
      'exec',
      container,
      'busybox',
      'timeout',
      '4',
      'busybox',
      'nslookup',
      NAME,
    ).includes(ANSWER);
  } catch {
    return false;
  }
}

const NAME = 'printer.example.org';

async function isToldBy(program: string, args: readonly string[]): Promise<boolean> {
  try {
    const { stdout } = await run(program, args);
    return stdout.includes(ANSWER);
  } catch {
    return false;
  }
}
