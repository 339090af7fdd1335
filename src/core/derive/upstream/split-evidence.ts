// What the ARP split probe sent and heard, told so that a reader can follow the conclusion.
import type { Evidence } from '../../../model/finding.js';
import { isSilent, type Observation, type ProbeId } from '../../../model/observation.js';
import { tally, type Seen } from '../verdicts/reach.js';
import { listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { askedIn, type SplitLook } from './split-cells.js';
import type { Filter, UpstreamFault } from './upstream-faults.js';

/** The silent half first, then the controls that were answered. */
export function splitEvidence(fault: UpstreamFault, seen: Seen): Evidence[] {
  const told = BY_FILTER[fault.filter].flatMap((tell) => tell(fault, seen));
  return [...told, ...acceptedSays(fault, seen)];
}

type Teller = (fault: UpstreamFault, seen: Seen) => Evidence[];

function asked(
  probes: readonly ProbeId[],
  looks: readonly SplitLook[],
  seen: Seen,
): readonly Observation[] {
  const all = looks.flatMap((look) => probes.flatMap((probe) => askedIn(probe, look, seen)));
  return [...new Set(all)];
}

function silentOf(observations: readonly Observation[]): Observation[] {
  return observations.filter((one) => isSilent(one));
}

function targets({ looks }: UpstreamFault): string {
  return listOf([...new Set(looks.map(({ target }) => target))]);
}

/** `MAC 02:42:… of web`, `MACs of web and db`. */
function macsOf(looks: readonly SplitLook[]): string {
  const [first] = looks;
  return first !== undefined && looks.length === 1
    ? `MAC ${first.child.mac} of ${first.child.label}`
    : `MACs of ${listOf(looks.map(({ child }) => child.label))}`;
}

function oneOf(looks: readonly SplitLook[]): string {
  return looks.length === 1 ? `the ${macsOf(looks)}` : `one of the ${macsOf(looks)}`;
}

/** Names are told once. */
function sameMacs(looks: readonly SplitLook[], fault: UpstreamFault): string {
  if (looks.length < fault.looks.length) return macsOf(looks);
  return looks.length === 1 ? 'same MAC' : 'same MACs';
}

function quick(observations: readonly Observation[]): string {
  const { rttMs } = tally(observations);
  return rttMs === undefined ? '' : ` in ${rttMs.toFixed(1)} ms`;
}

const sourceSilent: Teller = (fault, seen) => {
  const probes = ['split-child', 'split-source'] as const;
  const { sent } = tally(silentOf(asked(probes, fault.looks, seen)));
  return [
    {
      from: 'probe:split-source',
      says: `${sent} of ${sent} ARP requests to ${targets(fault)} whose Ethernet source was ${oneOf(fault.looks)} were not answered, whoever the answer was to go to`,
    },
  ];
};

const senderSilent: Teller = (fault, seen) => {
  const probes = ['split-child', 'split-sender'] as const;
  const { sent } = tally(silentOf(asked(probes, fault.looks, seen)));
  return [
    {
      from: 'probe:split-sender',
      says: `${sent} of ${sent} ARP requests to ${targets(fault)} whose answer was to go to ${oneOf(fault.looks)} were not answered, whatever their Ethernet source`,
    },
  ];
};

const allSilent: Teller = (fault, seen) => {
  const probes = ['split-child', 'split-source', 'split-sender'] as const;
  const { sent } = tally(silentOf(asked(probes, fault.looks, seen)));
  return [
    {
      from: 'probe:split-child',
      says: `${sent} ARP requests to ${targets(fault)} with ${oneOf(fault.looks)} as Ethernet source, as ARP sender, or as both were not answered`,
    },
  ];
};

const parentAnswered: Teller = (fault, seen) => {
  const own = asked(['split-parent'], fault.looks, seen);
  const { sent } = tally(own);
  return [
    {
      from: 'probe:split-parent',
      says: `${counted(sent, 'request')} with ${fault.parent.name}'s own MAC as both ${sent === 1 ? 'was' : 'were'} answered${quick(own)}`,
    },
  ];
};

const wayInOpen: Teller = (fault, seen) => {
  const looks = fault.looks.filter(({ cells }) => cells.sender === 'answered');
  const heard = asked(['split-sender'], looks, seen);
  return [
    {
      from: 'probe:split-sender',
      says: `asked with ${fault.parent.name}'s own Ethernet source and told to answer the ${sameMacs(looks, fault)}, it did${quick(heard)}: what is addressed to ${looks.length === 1 ? 'that MAC' : 'those MACs'} gets in`,
    },
  ];
};

const wayOutOpen: Teller = (fault, seen) => {
  const looks = fault.looks.filter(({ cells }) => cells.source === 'answered');
  const heard = asked(['split-source'], looks, seen);
  return [
    {
      from: 'probe:split-source',
      says: `asked with the ${sameMacs(looks, fault)} as Ethernet source and told to answer ${fault.parent.name}, it did${quick(heard)}: what ${looks.length === 1 ? 'that child sends' : 'those children send'} gets out`,
    },
  ];
};

const promiscuousToo: Teller = (fault, seen) => {
  const again = asked(['split-promiscuous'], fault.looks, seen);
  const { sent } = tally(again);
  const { name, link } = fault.parent;
  return sent === 0
    ? [
        {
          from: 'links',
          says: `${name} takes in every frame that reaches it (promiscuity ${link.promiscuity}), so it is not the card`,
        },
      ]
    : [
        {
          from: 'probe:split-promiscuous',
          says: `${counted(sent, 'request')} more while ${name} was promiscuous ${sent === 1 ? 'was' : 'were'} not answered either, so it is not the card`,
        },
      ];
};

const promiscuousAnswered: Teller = (fault, seen) => {
  const looks = fault.looks.filter(({ cells }) => cells.promiscuous === 'answered');
  const again = asked(['split-promiscuous'], looks, seen);
  return [
    {
      from: 'probe:split-promiscuous',
      says: `the same requests with the ${sameMacs(looks, fault)} were answered${quick(again)} while the probe held ${fault.parent.name} promiscuous`,
    },
  ];
};

const BY_FILTER: Readonly<Record<Filter, readonly Teller[]>> = {
  'source-filtered': [sourceSilent, parentAnswered, wayInOpen],
  'unicast-filtered': [senderSilent, parentAnswered, wayOutOpen, promiscuousToo],
  both: [allSilent, parentAnswered],
  'nic-filter': [senderSilent, parentAnswered, promiscuousAnswered],
};

function acceptedSays({ parent, accepted }: UpstreamFault, seen: Seen): Evidence[] {
  if (accepted.length === 0) return [];
  const heard = accepted.flatMap(({ name }) =>
    seen.observations.filter(
      ({ probe, child, replies }) =>
        child === name && replies.length > 0 && GATEWAY_PROBES.has(probe),
    ),
  );
  const names = listOf(accepted.map(({ label }) => label));
  return [
    {
      from: `probe:${heard[0]?.probe ?? 'gateway-arp-child'}`,
      says: `${names} on ${parent.name} got answers${quick(heard)}`,
    },
  ];
}

const GATEWAY_PROBES: ReadonlySet<ProbeId> = new Set<ProbeId>([
  'gateway-arp-child',
  'gateway-icmp',
  'split-child',
]);
