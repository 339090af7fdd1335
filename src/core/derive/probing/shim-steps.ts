// The host's shims: do they reach the children, and the children them?
import { isAdminUp } from '../../../model/link.js';
import type { ProbeStep } from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { ipv4Of } from './probe-targets.js';

export function shimSteps(
  topology: Topology,
  parent: Parent,
  children: readonly Child[],
): ProbeStep[] {
  const shims = parent.shims.filter(
    (shim) => isAdminUp(shim.link) && shim.addresses.some((address) => address.family === 'inet'),
  );
  return shims.flatMap((shim) =>
    children.flatMap((child) =>
      ipv4Of(child)
        .slice(0, 1)
        .map((ip): ProbeStep => ({
          probe: 'shim-child-icmp',
          from: `shim:${shim.name}`,
          to: child.endpoint,
          parent: parent.name,
          child: child.name,
          target: ip,
          send: { kind: 'icmp', netns: topology.host.inode, device: shim.name },
          expect: shim.mode === 'bridge' && child.mode === 'bridge' ? 'answer' : 'silence',
        })),
    ),
  );
}
