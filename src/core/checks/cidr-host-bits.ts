// Prefixes that are written as no prefix is: with host bits.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { HOST } from '../../model/finding.js';
import type { IpamPool, RuntimeNetwork } from '../../model/runtime-network.js';
import { hasHostBits, parseCidr } from '../derive/addressing/subnets.js';
import { isPlanned, macvlanNetworks, NO_NETWORKS } from '../derive/engine-networks/networks.js';
import { isStrict, poolMistakes } from '../derive/engine-networks/refusals/pool-rules.js';
import { networkSubject } from '../derive/wording/subjects.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Data {
  readonly network: string;
  readonly said: string;
  readonly meant: string;
}

export default defineCheck({
  meta: {
    id: 'cidr-host-bits',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'The subnets and ranges of the networks are prefixes as they should be',
      found: 'A subnet or range of a network is no proper prefix',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `192.168.1.1/24 is an address with its prefix length, not a subnet: that is 192.168.1.0/24. Docker up to 24 clears the host bits without a word; since 25 it refuses: "invalid subnet 192.168.1.1/24: it should be 192.168.1.0/24". A compose file that worked for years then fails after an update.

With an ip-range the silence costs more: 192.168.1.100/28 reads like "from .100 on" and hands out .96 to .111.

What does not help: a range of /32 "for each container", which is one address for all of them. An address for one container is --ip, or ipv4_address in a compose file.`,
      references: ['docker network create --subnet', 'RFC 4632, section 3.1'],
    },
  },
  messages: {
    refused: ({ network, said, meant }: Data) => ({
      what: `Network ${network} has ${said}, which this engine refuses.`,
      why: 'The network is not made, and nothing that wants it starts.',
      todo: `Write ${meant}.`,
    }),
    masked: ({ network, said, meant }: Data) => ({
      what: `Network ${network} has ${said}; the engine took it for ${meant}.`,
      why: 'What is handed out is not what stands there, and a newer engine refuses to make this network.',
      todo: `Write ${meant}.`,
    }),
  },
  evaluate({ runtime: { engine } }, context) {
    const networks = macvlanNetworks(context.topology).map(({ network }) => network);
    if (networks.length === 0) return { notApplicable: NO_NETWORKS };
    if (engine.flavour === 'podman') {
      return { notApplicable: 'Podman writes prefixes down as they should be' };
    }
    const wrong = networks.filter(({ pools }) =>
      pools.some((pool) => withHostBits(pool).length > 0),
    );
    return {
      findings: wrong.map((network) =>
        report(network, isPlanned(network) && isStrict({ engine }), context),
      ),
    };
  },
});

/** Prefixes with host bits, and what they are without; what lies outside its subnet no engine takes. */
function withHostBits({
  subnet,
  ipRange,
}: IpamPool): { readonly said: string; readonly meant: string }[] {
  const prefixes = [
    ['subnet', subnet],
    ['ip-range', ipRange],
  ] as const;
  return prefixes.flatMap(([kind, text]) => {
    const meant = parseCidr(text ?? '')?.text;
    if (text === undefined || meant === undefined || !hasHostBits(text)) return [];
    return [{ said: `the ${kind} ${text}`, meant }];
  });
}

function report(network: RuntimeNetwork, isRefused: boolean, { facts }: CheckContext) {
  const pairs = network.pools.flatMap((pool) => withHostBits(pool));
  const version = valueOf(facts.runtime)?.engine.serverVersion ?? '';
  return {
    code: isRefused ? ('refused' as const) : ('masked' as const),
    ...(isRefused ? {} : { severity: 'warn' as const }),
    subject: networkSubject(network),
    within: [HOST],
    data: {
      network: network.name,
      said: pairs.map(({ said }) => said).join(' and '),
      meant: pairs.map(({ meant }) => meant).join(' and '),
    },
    evidence: network.pools.flatMap((pool) =>
      poolMistakes(pool).map((mistake) => ({
        from: 'runtime',
        says: `Docker since 25 says of it "${mistake}"${version === '' ? '' : `; this one is ${version}`}.`,
      })),
    ),
    remedies: [recreateNetwork.request({ network, change: { pool: (pool) => corrected(pool) } })],
    advice: [
      'If another part of the LAN was meant, name that: a range of 16 addresses begins at a multiple of 16.',
    ],
  };
}

function corrected({ subnet, ipRange, ...rest }: IpamPool): IpamPool {
  const range = parseCidr(ipRange ?? '')?.text;
  return {
    ...rest,
    subnet: parseCidr(subnet)?.text ?? subnet,
    ...(range === undefined ? {} : { ipRange: range }),
  };
}
