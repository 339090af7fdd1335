// A planned network that the engine, or its client, would not make.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { HOST, type Subject } from '../../model/finding.js';
import type { PlannedNetwork } from '../../model/plan.js';
import { refusalsOf } from '../derive/engine-networks/refusals/refusals.js';
import { refusedNetworks, type Saying } from '../derive/planned/engine-says.js';
import { parentSubject } from '../derive/wording/victims.js';

interface Data {
  readonly network: string;
  readonly says: string;
}

export default defineCheck({
  meta: {
    id: 'network-refused',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'The engine takes every planned network as it is asked for',
      found: 'The engine refuses a planned network',
    },
    needs: ['plan'],
    dependsOn: [],
    docs: {
      explain: `What \`docker network create\` or a Compose file asks for is looked at twice: by the client, which sorts gateways, ranges and reserved addresses by the subnet that they lie in, and by the engine. Either may say no. This check says it before anything is made, with the words that the engine would use, as far as its versions agree on them.

It is about Docker: a name that is taken or predefined, a driver that is not there, a gateway or a reserved address outside its subnet, a macvlan mode that does not exist (\`source\` is one of the kernel's that Docker does not take), the loopback interface as the parent, and a network that a Compose file calls external and that is not there.

Parents that are missing, subnets with host bits and pools that overlap have checks of their own. Nothing is said of mistakes that the engine swallows: an option that it does not know is ignored without a word.`,
      references: ['docker network create', 'compose-spec, networks', 'moby, libnetwork'],
    },
  },
  messages: {
    refused: ({ network, says }: Data) => ({
      what: `The engine would not make network ${network}: "${says}".`,
      why: 'Nothing that wants the network would start.',
      todo: 'Put right what the answer names.',
    }),
    missing: ({ network, says }: Data) => ({
      what: `Network ${network} is to be there already, and is not: "${says}".`,
      why: 'Compose makes no network that it is told is external.',
      todo: 'Make the network first, or take `external` away.',
    }),
  },
  evaluate({ plan }, context) {
    if (plan.networks.length === 0) return { notApplicable: 'no network is planned' };
    return {
      findings: refusedNetworks(plan, context.facts).map(({ network, said }) => {
        const { part } = said;
        const says = said.says.replaceAll('\n', ' ');
        const where = part === '' ? network.words.path : (network.parts[part]?.path ?? part);
        return {
          code: network.isExternal ? ('missing' as const) : ('refused' as const),
          subject: { kind: 'network' as const, name: network.name },
          within: [HOST],
          also: part === 'driver_opts.parent' ? parentsOf(network) : [],
          data: { network: network.name, says },
          evidence: [{ from: 'plan', says: `${where === '' ? 'the flags' : where}: "${says}"` }],
          advice: [adviceFor(said, network.name, context)],
        };
      }),
    };
  },
});

/** What is wrong with the parent itself is said then. */
function parentsOf({ options: { parent } }: PlannedNetwork): Subject[] {
  return parent === undefined ? [] : [parentSubject(parent)];
}

/** Where another network is in the way, what goes instead. */
function adviceFor(said: Saying, name: string, context: CheckContext): string {
  const { says, part } = said;
  if (said.instead !== undefined) return said.instead;
  if (part === 'name') return 'Give the network another name, or use the one that is there.';
  const networks = valueOf(context.facts.runtime)?.networks ?? [];
  const planned = networks.find((one) => one.name === name);
  const refusal = planned && refusalsOf(planned, context).find(({ message }) => message === says);
  return refusal?.instead ?? 'Correct it in the plan, and ask again before anything is made.';
}
