// Runs the doctor in the lab's host: the same program, as a child process in that namespace.
import type { Report } from '../../../model/report.js';
import type { Lab } from '../lab.js';

export interface Doctor {
  /** Node, and the file that it runs. */
  readonly command: readonly string[];
  readonly flags: readonly string[];
}

/**
 * `ip netns exec` and not `nsenter --net`: it also mounts the namespace's own /sys, so that /sys/class/net shows the
 * lab's links. /proc needs nothing: /proc/net and /proc/sys/net follow the process.
 */
function doctorArgv(hostNetns: string, doctor: Doctor): readonly string[] {
  return ['ip', 'netns', 'exec', hostNetns, ...doctor.command, 'run', '--json', ...doctor.flags];
}

export async function runDoctor(lab: Lab, doctor: Doctor, signal: AbortSignal): Promise<Report> {
  const result = await lab.ground.attempt(doctorArgv(lab.plan.hostNetns, doctor), { signal });
  signal.throwIfAborted();
  try {
    return JSON.parse(result.stdout) as Report;
  } catch {
    const said = complaintIn(result.stderr) || result.stdout.trim() || 'nothing';
    throw new Error(
      `The doctor gave no report (exit code ${result.code ?? 'none'}); it said: ${said}`,
    );
  }
}

/** What it complains of; progress goes before it, and a stack follows that the same command shows. */
function complaintIn(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => line.startsWith('macvlan-doctor:')) ?? stderr.trim();
}
