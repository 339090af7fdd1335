// A planned network that the engine, or its client, would not make.
import { defineCheck } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { HOST } from '../../model/finding.js';
import { refusedNetworks } from '../derive/planned/engine-says.js';

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
  evaluate({ plan }, { facts }) {
    if (plan.networks.length === 0) return { notApplicable: 'no network is planned' };
    return {
      findings: refusedNetworks(plan, valueOf(facts.runtime)).map(({ network, said }) => {
        const { says, part } = said;
        const where = part === '' ? network.words.path : (network.parts[part]?.path ?? part);
        return {
          code: network.isExternal ? ('missing' as const) : ('refused' as const),
          subject: { kind: 'network' as const, name: network.name },
          within: [HOST],
          data: { network: network.name, says },
          evidence: [{ from: 'plan', says: `${where === '' ? 'the flags' : where}: "${says}"` }],
          advice: [adviceFor(part)],
        };
      }),
    };
  },
});

function adviceFor(part: string): string {
  return part === 'name'
    ? 'Give the network another name, or use the one that is there.'
    : 'Correct it in the plan, and ask again before anything is made.';
}
