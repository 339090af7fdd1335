// The real machine behind the doors.
import { homedir, hostname, release } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createEngineDoor } from './engine/engine-http.js';
import { fileDoor } from './files.js';
import type { Host } from './host.js';
import { createNetlinkDoor } from './netlink.js';
import { netnsDoor } from './netns-door.js';

/** This very machine, whatever its system. */
export function realHost(): Host {
  return {
    os: process.platform,
    env: process.env,
    homes: homes(),
    uid: process.getuid?.() ?? -1,
    hostname: hostname(),
    kernel: release(),
    arch: process.arch,
    monotonicMs: () => performance.now(),
    files: fileDoor,
    engine: createEngineDoor(),
    netlink: process.platform === 'linux' ? createNetlinkDoor() : null,
    netns: process.platform === 'linux' ? netnsDoor : null,
  };
}

/** Under sudo the contexts and sockets that matter may be those of the user who called it. */
function homes(): string[] {
  const sudoUser = process.env['SUDO_USER'];
  const own = homedir();
  if (sudoUser === undefined || !/^[\w.-]+$/.test(sudoUser) || sudoUser === 'root') return [own];
  const folder = process.platform === 'darwin' ? '/Users' : '/home';
  return [...new Set([own, `${folder}/${sudoUser}`])];
}
