// A run about networks that nobody has made yet, or nobody is on yet: their plan laid over the host, and the same looks, probes and checks.
import { planOfFlags, type CreateFlags } from '../../core/plan/plan-of-flags.js';
import { planOfNetworks } from '../../core/plan/plan-of-networks.js';
import type { Host } from '../../edge/host/host.js';
import { unownedMac } from '../../edge/host/unowned-mac.js';
import { DoctorError } from '../../model/errors.js';
import type { Plan } from '../../model/plan.js';
import type { Facts } from '../../model/snapshot.js';
import { macvlansNamed } from './existing-networks.js';
import { readCompose, type ComposeAsked } from './read-compose.js';
import { diagnose, type Diagnosis, type DiagnoseOptions } from './diagnose.js';

export interface PreflightOptions extends Omit<
  DiagnoseOptions,
  'parents' | 'networks' | 'containers' | 'plan'
> {
  /** A network from flags, unless files or names say it. */
  readonly create: CreateFlags;
  /** Names of networks that are there already. */
  readonly existing: readonly string[];
  readonly ips: readonly string[];
  readonly compose: ComposeAsked;
}

/** The plan is its own scope. */
const NO_SCOPE = { parents: [], networks: [], containers: [] } as const;

export async function preflight(options: PreflightOptions, host: Host): Promise<Diagnosis> {
  const { create, existing, ips, compose, ...common } = options;
  const run = { ips, newMac: unownedMac };
  const plan =
    existing.length > 0
      ? (facts: Facts): Plan => planOfNetworks(macvlansNamed(existing, facts), run)
      : constant(
          compose.files.length > 0 ? await readCompose(compose, host) : planOfFlags(create, run),
        );
  return diagnose({ ...common, ...NO_SCOPE, plan }, host);
}

/** What was read before anybody looks at the host. */
function constant(plan: Plan): () => Plan {
  if (plan.networks.length === 0) {
    throw new DoctorError('bad-compose', 'no service of these files is on a network');
  }
  return () => plan;
}
