// The report that users script against (schemaVersion 1); its JSON Schema is generated from these types.
import type { BaselineEntry } from './baseline.js';
import type { Category } from './check.js';
import type { Evidence, Subject } from './finding.js';
import type { Risk } from './fix.js';
import type { ProbeStep } from './observation.js';
import type { Suggestion } from './suggestion.js';

/** Raised when an old script would misread a new report. */
export const REPORT_SCHEMA_VERSION = 1;

/** What a check can come to; `accepted` is a finding that a baseline covers, `crashed` a bug of ours. */
export const STATUSES = [
  'pass',
  'warn',
  'fail',
  'undetermined',
  'not-applicable',
  'suppressed',
  'accepted',
  'crashed',
] as const;
/** One of {@link STATUSES}. */
export type Status = (typeof STATUSES)[number];

/** One way to keep a fix over a reboot. */
export interface ReportPersist {
  manager: string;
  files: { path: string; content: string }[];
  commands: string[];
}

/** An option that is another one in what is made anew. */
export interface ReportChange {
  /** As the command line has it: `--gateway`, `-o parent`. */
  option: string;
  /** Absent where the option is new. */
  from?: string;
  /** Absent where the option goes. */
  to?: string;
  /** The word of the commands that says so, quoted as it stands there. */
  word?: string;
}

/** A fix that can be pasted. */
export interface ReportFix {
  id: string;
  title: string;
  risk: Risk;
  /** Whole shell lines, run as root on the host, in this order. */
  commands: string[];
  /** Takes the commands back, in this order. */
  undo: string[];
  persist: ReportPersist[];
  notes: string[];
  /** What differs, where the commands make something anew. */
  changes?: ReportChange[];
  /** Parts of a compose file, one for each network, with a comment on each line that differs. */
  compose?: string[];
}

/** Where in a file the fault was written down. */
export interface Location {
  /** Relative to the repository (or to the working directory, where there is none), with `/` between its parts. */
  file: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** The field, as in `networks.lan.ipam.config[0].gateway`. */
  path?: string;
}

/** An entry of a baseline, and what it means for a finding today. */
export interface Acceptance {
  /** `worse`: accepted as a warning, and a failure now. */
  state: 'valid' | 'expired' | 'worse';
  /** What the finding is without it. */
  severity: 'fail' | 'warn';
  reason: string;
  /** The last day on which it counts. */
  expires: string;
}

/** What one check says of one subject. */
export interface CheckResult {
  check: string;
  category: Category;
  status: Status;
  subject: Subject;
  title: string;
  /** Stable code of the message within its check; for warn, fail and suppressed. */
  code?: string;
  what?: string;
  why?: string;
  todo?: string;
  /** What was missing, for undetermined; why, for not-applicable; the stack, for crashed. */
  reason?: string;
  evidence?: Evidence[];
  fixes?: ReportFix[];
  advice?: string[];
  /** Id of the check that explains this one, for suppressed. */
  suppressedBy?: string;
  /** What that check found it on. */
  suppressedOn?: Subject;
  /** Only for what was found in a file; what was found on the live host has none. */
  location?: Location;
  /** What the baseline says of it; for accepted, and for findings that it covers no longer. */
  acceptance?: Acceptance;
  /** The same for the same finding in another run, whatever else was found; for warn, fail and suppressed. */
  fingerprint?: string;
}

/** What the model of macvlan says of one probe before it is sent. */
export interface Predicted {
  /** `either`: what is known does not decide it. */
  outcome: 'answer' | 'silence' | 'either';
  /** Stable code of the reason. */
  reason: string;
  /** The reason in one sentence. */
  because: string;
  /** What was seen against it; `open` where the model does not decide, or nothing was sent. */
  agreement: Agreement;
}

/** How the model and what was seen go together. */
export type Agreement = 'as-predicted' | 'unexpected-silence' | 'unexpected-answer' | 'open';

/** One probe and what came of it. */
export interface Reachability {
  from: string;
  to: string;
  /** `arp`, `icmp`, `reflection`, `tcp`, `relay`. */
  method: string;
  probe: string;
  parent: string;
  answered: boolean;
  /** Fastest answer, in milliseconds. */
  rttMs?: number;
  sent: number;
  error?: string;
  /** Absent for probes that the model says nothing of. */
  predicted?: Predicted;
}

/** A child as people see it; addresses with their prefixes. */
export interface ReportChild {
  name: string;
  label: string;
  link: string;
  mode: string;
  mac: string;
  addresses: string[];
  gateways: string[];
  netns: string;
  isUp: boolean;
  container?: string;
  network?: string;
}

/** An ipvlan link as people see it: no child, and beside children on the same kind of parent. */
export interface ReportIpvlan {
  name: string;
  label: string;
  link: string;
  /** `l2`, `l3`, `l3s`, and the flag where it has one: `l2 private`. */
  mode: string;
  /** The parent's own. */
  mac: string;
  addresses: string[];
  netns: string;
  isUp: boolean;
  container?: string;
  network?: string;
}

/** A shim as people see it; addresses with their prefixes, routes in table main that leave by it. */
export interface ReportShim {
  name: string;
  mode: string;
  mac: string;
  addresses: string[];
  routes: string[];
  isUp: boolean;
}

/** The promiscuity of a parent, told right. */
export interface ReportPromiscuity {
  /** The kernel's count of holders; above 0 the device takes every frame. */
  count: number;
  /** The PROMISC flag: somebody ran `ip link set promisc on`. */
  isSetByUser: boolean;
  /** Children's MACs that the device's receive filter holds, of those that are up. */
  filterHolds: number;
  filterNeeds: number;
  /** One sentence: whether anything needs doing. */
  verdict: string;
}

/** A parent with all that is on it. */
export interface ReportParent {
  name: string;
  mac: string;
  operstate: string;
  mtu: number;
  addresses: string[];
  promiscuity: ReportPromiscuity;
  children: ReportChild[];
  shims: ReportShim[];
  /** Absent where there are none. */
  ipvlans?: ReportIpvlan[];
  networks: string[];
  unseenMacs: string[];
}

/** How many results have each status. */
export interface Summary {
  pass: number;
  warn: number;
  fail: number;
  undetermined: number;
  notApplicable: number;
  suppressed: number;
  accepted: number;
  crashed: number;
}

/** What a plan is asked: is it made, does it run into somebody, do its containers reach the LAN, each other, and the host? */
export const QUESTIONS = ['created', 'collides', 'lan', 'siblings', 'host'] as const;
/** One of {@link QUESTIONS}. */
export type Question = (typeof QUESTIONS)[number];

/** One answer about one planned network. */
export interface PreflightAnswer {
  question: Question;
  answer: 'yes' | 'no' | 'not-decided';
  /** One sentence. */
  because: string;
  /** Ids of the checks that it rests on; their results say more. */
  checks: string[];
}

/** A network that is to be made or used, with what would come of it. */
export interface PreflightNetwork {
  name: string;
  driver: string;
  parent?: string;
  mode?: string;
  subnets: string[];
  /** It is to be there already. */
  isExternal: boolean;
  answers: PreflightAnswer[];
}

/** The verdict on a plan, on top of the report. */
export interface Preflight {
  /** Who read the plan: `flags`, `yaml`, `docker compose 2.29.1`. */
  reader: string;
  networks: PreflightNetwork[];
  /** Only with `--suggest`. */
  suggestions?: Suggestion[];
}

/** What `--json` prints. */
export interface Report {
  schemaVersion: typeof REPORT_SCHEMA_VERSION;
  tool: { name: string; version: string };
  startedAt: string;
  durationMs: number;
  host: { hostname: string; kernel: string; platform: string; privileged: boolean };
  summary: Summary;
  results: CheckResult[];
  reachability: Reachability[];
  topology: { parents: ReportParent[]; orphanNetworks: string[] };
  /** Frames and packets that the run put on any link. */
  framesSent: number;
  /** As many as this run could have sent at the most, and how that is reckoned. */
  frameLimit: { frames: number; formula: string };
  /** Entries of the baseline that match nothing any more; absent without a baseline. */
  staleEntries?: BaselineEntry[];
  /** One-sentence remarks on the run itself (what root would add, what was not available). */
  notes: string[];
  /** Only of a plan: `macvlan-doctor preflight`. */
  preflight?: Preflight;
}

/** What a run would send: the probes of its first round, and how far those after it may go. */
export interface RunPlan {
  readonly steps: readonly ProbeStep[];
  readonly frameLimit: Report['frameLimit'];
  /** The first one and those that its answers may lead to. */
  readonly mostRounds: number;
}
