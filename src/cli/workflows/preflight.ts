// A run about networks that nobody has made yet: their plan laid over the host, and the same looks, probes and checks.
import { planOfFlags, type CreateFlags } from '../../core/plan/plan-of-flags.js';
import type { Host } from '../../edge/host/host.js';
import { unownedMac } from '../../edge/host/unowned-mac.js';
import type { Plan } from '../../model/plan.js';
import { diagnose, type Diagnosis, type DiagnoseOptions } from './diagnose.js';

export interface PreflightOptions extends Omit<
  DiagnoseOptions,
  'parents' | 'networks' | 'containers' | 'plan'
> {
  readonly create: CreateFlags;
  readonly ips: readonly string[];
}

export function preflight(options: PreflightOptions, host: Host): Promise<Diagnosis> {
  const { create, ips, ...common } = options;
  const plan = planOfFlags(create, { ips, newMac: unownedMac });
  return diagnose({ ...common, ...scopeOf(plan), plan }, host);
}

/** The planned networks alone. */
function scopeOf({ networks }: Plan): Pick<DiagnoseOptions, 'parents' | 'networks' | 'containers'> {
  return { parents: [], networks: networks.map(({ name }) => name), containers: [] };
}
