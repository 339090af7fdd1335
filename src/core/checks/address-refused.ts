// A planned container that asks for an address that its network cannot give.
import { defineCheck } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { refusedAddresses, type Refused } from '../derive/planned/address-says.js';

export default defineCheck({
  meta: {
    id: 'address-refused',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'Every planned container can have the address that it asks for',
      found: 'A planned container asks for an address that its network cannot give',
    },
    needs: ['plan'],
    dependsOn: ['network-refused', 'parent-missing'],
    docs: {
      explain: `\`--ip\`, or \`ipv4_address\` in a Compose file, asks for one address. The network is made all the same; it is the container that does not start when the address is outside the network's subnets, is its gateway, is kept back by an aux-address, or is another container's.

An address outside the ip-range and inside the subnet is no mistake: that is the usual way to keep fixed addresses apart from those that the engine hands out.

What a device on the LAN holds is another matter: the engine does not ask anybody there (duplicate-ip).`,
      references: ['docker run --ip', 'compose-spec, services: ipv4_address'],
    },
  },
  messages: {
    refused: ({ container, network, ip, says, owner }: Refused) => ({
      what: `${container} asks network ${network} for ${ip}, which it cannot have${owner === undefined ? '' : `: that is ${owner}'s`}.`,
      why: `The container would not start: "${says}".`,
      todo: 'Ask for another address of the subnet.',
    }),
  },
  evaluate({ plan }, { facts, topology }) {
    const networks = valueOf(facts.runtime)?.networks ?? [];
    const asking = plan.containers.some(({ endpoints }) =>
      endpoints.some(({ ipv4 }) => ipv4 !== undefined),
    );
    if (!asking) return { notApplicable: 'no planned container asks for an address' };
    const children = topology.parents.flatMap((parent) => parent.children);
    return {
      findings: refusedAddresses(plan.containers, networks).map((refused) => {
        const child = children.find(({ container }) => container?.name === refused.container);
        return {
          code: 'refused' as const,
          subject:
            child === undefined
              ? { kind: 'container' as const, name: refused.container }
              : { kind: 'child' as const, name: child.name },
          within: [{ kind: 'network' as const, name: refused.network }],
          data: refused,
          evidence: [
            {
              from: 'plan',
              says: `${poolsOf(refused.network)}; asked for: ${refused.ip}`,
            },
          ],
          advice: [`Give ${refused.container} another address, or none: then the engine chooses.`],
        };
      }),
    };

    function poolsOf(name: string): string {
      const pools = networks.find((network) => network.name === name)?.pools ?? [];
      const subnets = pools.map(({ subnet }) => subnet).join(', ');
      return subnets === ''
        ? `network ${name} has no subnet of the user's`
        : `network ${name} has ${subnets}`;
    }
  },
});
