// Removes what a lab made, however far it got: safe to repeat, and it never touches anything else.
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { netnsEtc } from '../build.js';
import type { Ground } from './ground.js';
import { LAB_NETNS } from '../plan/naming.js';
import { allPids } from './process-identity.js';

/**
 * Deletes the namespaces by name. First all veths of the switch: with them every parent goes, and with the parents every
 * child, so that a namespace in which somebody still sits is left empty.
 */
export async function removeNamespaces(ground: Ground, names: readonly string[]): Promise<void> {
  const ours = names.filter((name) => LAB_NETNS.test(name));
  const switches = ours.filter((name) => name.endsWith('-switch'));
  for (const netns of switches) {
    const input = (await portsOf(ground, netns)).map((port) => `link del dev ${port}\n`).join('');
    await ground.attempt(['ip', '-force', '-n', netns, '-batch', '-'], { input });
  }
  const input = ours.map((name) => `netns del ${name}\n`).join('');
  // One that is gone already is no failure.
  await ground.attempt(['ip', '-force', '-batch', '-'], { input });
  for (const name of ours) removeEtc(name);
}

async function portsOf(ground: Ground, netns: string): Promise<readonly string[]> {
  const { stdout } = await ground.attempt([
    'ip',
    '-n',
    netns,
    '-o',
    'link',
    'show',
    'type',
    'veth',
  ]);
  return [...stdout.matchAll(/^\d+: ([^:@]+)/gm)].flatMap(([, port]) =>
    port === undefined ? [] : [port],
  );
}

function removeEtc(netns: string): void {
  const folder = netnsEtc(netns);
  if (!existsSync(folder)) return;
  rmSync(folder, { recursive: true });
  try {
    rmdirSync(path.dirname(folder));
  } catch {
    // Others have files in it.
  }
}

export interface Squatter {
  readonly pid: number;
  readonly comm: string;
}

/** Processes that still sit in one of the namespaces: these live on, empty and without a name, until they end. */
export function squattersIn(names: readonly string[]): readonly Squatter[] {
  const inodes = new Set(names.flatMap((name) => inodeOf(`/run/netns/${name}`)));
  return allPids().flatMap((pid) => {
    try {
      const inode = Number(/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1]);
      if (!inodes.has(inode)) return [];
      return [{ pid, comm: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }];
    } catch {
      return [];
    }
  });
}

function inodeOf(file: string): readonly number[] {
  try {
    return [statSync(file).ino];
  } catch {
    return [];
  }
}

/** Names under /run/netns of the machine that only a lab can have made. */
export function labNamespaces(): readonly string[] {
  try {
    return readdirSync('/run/netns')
      .filter((name) => LAB_NETNS.test(name))
      .sort();
  } catch {
    return [];
  }
}
