// Whether silence to long packets means that the way is too narrow, or only that somebody answers no long pings.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import { counted } from '../wording/words.js';
import { listOf } from '../wording/victims.js';
import { answerTo, sizeQuestions, type SizeAnswer, type SizeQuestion } from './size-search.js';
import { arpAtFullSize, hostAtFullSize, testimonies, type Testimony } from './size-witnesses.js';

export interface SizeVerdict {
  readonly question: SizeQuestion;
  readonly answer: SizeAnswer;
  readonly testimonies: readonly Testimony[];
  readonly host: 'answered' | 'silent' | 'unknown';
  /** An ARP request of full size. */
  readonly long: 'answered' | 'silent' | 'unknown';
  /** `open` with the reason why, to follow a colon. */
  readonly state: 'passes' | 'narrow' | 'open';
  readonly why: string;
}

export function sizeVerdicts(context: CheckContext): SizeVerdict[] {
  const { topology, observations } = context;
  return sizeQuestions(topology, observations).map((question) => {
    const answer = answerTo(question, observations);
    const others = testimonies(question, observations);
    const host = hostAtFullSize(question, observations);
    const long = arpAtFullSize(question, observations);
    const base = { question, answer, testimonies: others, host, long };
    if (answer.state === 'passes' || answer.state === 'too-big')
      return { ...base, state: 'passes', why: '' };
    const why = whyOpen(base);
    return { ...base, state: why === '' ? 'narrow' : 'open', why };
  });
}

type Ground = Pick<SizeVerdict, 'question' | 'answer' | 'testimonies' | 'host' | 'long'>;

/** Empty where nothing speaks against it. */
function whyOpen({ question, answer, testimonies: others, host, long }: Ground): string {
  const { gateway, child } = question;
  if (answer.state !== 'limited') return answer.error ?? 'no long packet was sent';
  if (host === 'answered')
    return `${gateway} answers the host's packets of that size, and not those of ${child.label}: a filter, inside ${child.label} or at ${gateway}`;
  if (answer.isUnsteady || !isClearCut(answer))
    return `${gateway} does not answer all pings, whatever their size: it limits how many it answers, or packets are lost`;
  if (others.some(({ says }) => says === 'limited') || long === 'silent') return '';
  const most = answer.passed.toString();
  const beyond = `\`ping -M do -s ${(question.full - 28).toString()}\` to another machine beyond ${gateway} decides it`;
  return long === 'answered'
    ? `${gateway} answers an ARP request of that size, so the way there carries it: either ${gateway} answers no pings longer than ${most} bytes, which many do to protect themselves, or the way back alone carries no more. ${beyond}`
    : `either the way carries no more than ${most} bytes, or ${gateway} answers no longer pings, which many do to protect themselves; nobody else could be asked. ${beyond}`;
}

/** Under a limit nearly everything is answered, and the limit is known to a few bytes; loss and rate limits leave holes. */
const LEAST_SHARE = 0.8;
const MOST_DOUBT = 8;

function isClearCut({ passed, lost, below }: SizeAnswer): boolean {
  return lost - passed <= MOST_DOUBT && below.answered >= below.asked * LEAST_SHARE;
}

/** What passed and what did not, who agrees, and which MTU each link on our side has. */
export function sizeEvidence(
  { question, answer, testimonies: others, host, long }: SizeVerdict,
  context: CheckContext,
): Evidence[] {
  const { child, gateway, full } = question;
  const probe = 'probe:full-size-icmp';
  const agree = others.filter(({ says }) => says === 'limited').map(({ ip }) => ip);
  const deny = others.filter(({ says }) => says === 'passes').map(({ ip }) => ip);
  return [
    {
      from: probe,
      says: `${child.label} to ${gateway}, nobody allowed to fragment: ${answer.passed.toString()} bytes are answered, ${answer.lost.toString()} are not; ${counted(answer.sent, 'packet')} of ${full.toString()} bytes stayed unanswered, and no "fragmentation needed" came back`,
    },
    ...(host === 'silent'
      ? [{ from: probe, says: `nor does ${gateway} answer ${full.toString()} bytes of the host` }]
      : []),
    ...(long === 'silent'
      ? [
          {
            from: 'probe:full-size-arp',
            says: `${gateway} answers an ARP request, and none that is filled up to ${full.toString()} bytes: it is no limit for pings`,
          },
        ]
      : []),
    ...(agree.length === 0
      ? []
      : [
          {
            from: probe,
            says: `${listOf(agree)} ${agree.length === 1 ? 'answers' : 'answer'} short packets and none of ${full.toString()} bytes either`,
          },
        ]),
    ...(deny.length === 0
      ? []
      : [
          {
            from: probe,
            says: `${listOf(deny)} ${deny.length === 1 ? 'answers' : 'answer'} ${full.toString()} bytes: the narrow place is nearer to ${gateway}`,
          },
        ]),
    { from: 'links', says: mtusOnOurSide(question, answer, context) },
  ];
}

function mtusOnOurSide(
  { parent, sharers, full }: SizeQuestion,
  { passed }: SizeAnswer,
  { topology }: CheckContext,
): string {
  const content = topology.host.content;
  const links = content.state === 'known' ? content.value.links : [];
  const names = listOf(sharers.map(({ label }) => label));
  const others = links.filter(
    ({ ifname, mtu, link_type: type }) =>
      ifname !== parent.name && type !== 'loopback' && mtu >= passed && mtu < full,
  );
  const narrower = others.map(({ ifname, mtu }) => `${ifname} ${mtu.toString()}`);
  const mine = `MTU of ${names}: ${full.toString()}; of ${parent.name}: ${parent.link.mtu.toString()}`;
  return narrower.length === 0 ? mine : `${mine}; other links of the host: ${narrower.join(', ')}`;
}
