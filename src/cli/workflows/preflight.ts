// A run about networks that nobody has made yet: their plan laid over the host, and the same looks, probes and checks.
import { planOfFlags, type CreateFlags } from '../../core/plan/plan-of-flags.js';
import type { Host } from '../../edge/host/host.js';
import { unownedMac } from '../../edge/host/unowned-mac.js';
import { DoctorError } from '../../model/errors.js';
import { readCompose, type ComposeAsked } from './read-compose.js';
import { diagnose, type Diagnosis, type DiagnoseOptions } from './diagnose.js';

export interface PreflightOptions extends Omit<
  DiagnoseOptions,
  'parents' | 'networks' | 'containers' | 'plan'
> {
  /** A network from flags; else the files say it. */
  readonly create: CreateFlags;
  readonly ips: readonly string[];
  readonly compose: ComposeAsked;
}

/** The plan is its own scope. */
const NO_SCOPE = { parents: [], networks: [], containers: [] } as const;

export async function preflight(options: PreflightOptions, host: Host): Promise<Diagnosis> {
  const { create, ips, compose, ...common } = options;
  const plan =
    compose.files.length > 0
      ? readCompose(compose, host)
      : planOfFlags(create, { ips, newMac: unownedMac });
  if (plan.networks.length === 0) {
    throw new DoctorError('bad-compose', 'no service of these files is on a network');
  }
  return diagnose({ ...common, ...NO_SCOPE, plan }, host);
}
