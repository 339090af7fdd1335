// A way that swallows long packets and says nothing of it.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import { sizeEvidence, sizeVerdicts, type SizeVerdict } from '../derive/passage/size-verdict.js';
import { gatewayPairs } from '../derive/passage/gateway-echo.js';
import { shellWord } from '../../model/text.js';
import { leftUnasked } from '../derive/passage/unasked.js';
import { aboutChild, aboutGateway, listOf } from '../derive/wording/victims.js';
import setChildMtu from '../fixes/passage/set-child-mtu.js';

export default defineCheck({
  meta: {
    id: 'mtu-black-hole',
    category: 'upstream',
    severity: 'fail',
    title: {
      pass: 'Packets of full size reach the gateways',
      found: 'Long packets vanish on the way to a gateway',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'stale-arp-at-gateway',
      'firewall-child',
      'duplicate-ip',
      'neighbour-table-full',
    ],
    docs: {
      explain: `Each link has a longest packet that it carries, its MTU: 1500 bytes on ordinary Ethernet. All machines of one LAN must agree on it, for inside a LAN nobody cuts packets in two, and a switch, a bridge or a tunnel that gets one that is too long drops it without a word. Short packets pass, so ping and the first words of every connection work; pages then hang half-way, ssh stops after the password, downloads never begin.

Where it comes from: a tunnel between the switches (VXLAN leaves 1450, GRE 1476, WireGuard 1420), PPPoE beyond the router (1492), a virtual switch or a switch port with a smaller MTU, jumbo frames (9000) on one side only.

Told by echo requests that nobody may fragment: the full size is lost, and the longest that passes is searched for. Many routers answer no long pings at all to protect themselves, so the limit has to be confirmed by something that is no ping to the same router: an ARP request that is filled up to full size, which goes unanswered too, or another machine with the same limit. Otherwise it is left undecided. A router that says "fragmentation needed" is doing its work, and is no fault.

What does not help: a smaller MTU in Docker's bridge options (the macvlan driver takes that of the parent), MSS clamping on this host, which the children's packets never pass.`,
      references: ['RFC 1191', 'RFC 2923', 'RFC 4821', 'ip-link(8), mtu', 'ping(8), -M do'],
    },
  },
  messages: {
    narrow: ({ gateway, children, passed, full }: NarrowData) => ({
      what: `Packets of ${children} to ${gateway} arrive up to ${passed.toString()} bytes; longer ones vanish. The children send up to ${full.toString()}.`,
      why: `Something on the way carries less than the children think, and does not say so: short packets pass, and whatever fills them hangs.`,
      todo: `Set the same MTU everywhere on this LAN; until then let the children send no more than ${passed.toString()} bytes.`,
    }),
  },
  evaluate(_facts, context) {
    const { topology, notProbed } = context;
    const parents = topology.parents.filter((parent) => gatewayPairs(parent, topology).length > 0);
    if (parents.length === 0)
      return { notApplicable: 'no child that is up has an IPv4 gateway on the LAN' };
    if (notProbed !== undefined)
      return { findings: [], undetermined: leftUnasked(parents, 'long packets pass', context) };
    const verdicts = sizeVerdicts(context);
    return {
      findings: verdicts
        .filter(({ state }) => state === 'narrow')
        .map((one) => report(one, context)),
      undetermined: verdicts
        .filter(({ state }) => state === 'open')
        .map((one) => ({
          ...placeOf(one),
          reason: `whether packets of ${one.question.full.toString()} bytes reach ${one.question.gateway} was not seen: ${one.why}`,
        })),
    };
  },
});

interface NarrowData {
  readonly gateway: string;
  readonly children: string;
  readonly passed: number;
  readonly full: number;
}

function placeOf({ question: { gateway, parent, child } }: SizeVerdict) {
  const about = aboutGateway(gateway, parent);
  return { ...about, within: [...about.within, aboutChild(child).subject, HOST] };
}

function report(one: SizeVerdict, context: CheckContext) {
  const { gateway, full, parent, sharers } = one.question;
  const { passed } = one.answer;
  const children = listOf(sharers.map(({ label }) => label));
  return {
    code: 'narrow' as const,
    ...placeOf(one),
    data: { gateway, children, passed, full },
    evidence: sizeEvidence(one, context),
    remedies: [setChildMtu.request({ children: sharers.map(({ name }) => name), mtu: passed })],
    advice: [
      full > 1500
        ? `Jumbo frames have to be switched on in every switch and in the router, or left out: \`ip link set dev ${shellWord(parent.name)} mtu 1500\` on this host.`
        : `Look for what stands between ${parent.name} and ${gateway}: a tunnel (VXLAN 1450, GRE 1476, WireGuard 1420), PPPoE (1492), a virtual switch or a port with an MTU of ${passed.toString()}.`,
    ],
  };
}
