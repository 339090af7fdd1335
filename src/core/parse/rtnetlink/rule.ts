// RTM_NEWRULE messages as routing rules (rtnetlink(7), fib_rules.h), under the names of iproute2's JSON.
import type { Rule } from '../../../model/route.js';
import { type Attributes, attributes, dumpRequest, payloadsOf, u32, u8 } from './message.js';
import { routeTypeName, tableName } from './route-names.js';
import { bitsOf, byText, cString, familyOf, ipText } from './text.js';

const RTM_NEWRULE = 32;
const RTM_GETRULE = 34;
const FIB_RULE_HDR_BYTES = 12;

const FRA_DST = 1;
const FRA_SRC = 2;
const FRA_IIFNAME = 3;
const FRA_PRIORITY = 6;
const FRA_FWMARK = 10;
const FRA_TABLE = 15;
const FRA_FWMASK = 16;
const FRA_OIFNAME = 17;

const FR_ACT_TO_TBL = 1;
// Other actions share their numbers with route types.
const ACTIONS: Readonly<Record<number, string>> = { 2: 'goto', 3: 'nop' };

/** Asks for the rules of IPv4 and IPv6. */
export function rulesRequest(): Uint8Array {
  return dumpRequest(RTM_GETRULE, new Uint8Array(FIB_RULE_HDR_BYTES));
}

/** The rules of one dump: IPv4, then IPv6, in the order in which the kernel tries them. */
export function parseRules(messages: readonly Uint8Array[]): Rule[] {
  return sortRules(payloadsOf(messages, RTM_NEWRULE).flatMap(readRule));
}

/** Rules of one priority stay in the order in which they were told: the kernel tries them so. */
export function sortRules(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => byText(a.family, b.family) || a.priority - b.priority);
}

function readRule(payload: Uint8Array): Rule[] {
  const family = familyOf(u8(payload));
  if (family === undefined || payload.length < FIB_RULE_HDR_BYTES) return [];
  const found = attributes(payload, FIB_RULE_HDR_BYTES);
  const prefix = (type: number, length: number): string | undefined => {
    const text = ipText(found.get(type)) ?? (length > 0 ? '0' : undefined);
    return text === undefined || length === bitsOf(family) ? text : `${text}/${length.toString()}`;
  };
  const dst = prefix(FRA_DST, u8(payload, 1) ?? 0);
  const iif = cString(found.get(FRA_IIFNAME));
  const oif = cString(found.get(FRA_OIFNAME));
  const fwmark = markText(found);
  return [
    {
      family,
      priority: u32(found.get(FRA_PRIORITY)) ?? 0,
      src: prefix(FRA_SRC, u8(payload, 2) ?? 0) ?? 'all',
      ...(dst !== undefined && { dst }),
      ...(iif !== undefined && { iif }),
      ...(oif !== undefined && { oif }),
      ...(fwmark !== undefined && { fwmark }),
      ...outcome(u8(payload, 7) ?? 0, u32(found.get(FRA_TABLE)) ?? u8(payload, 4) ?? 0),
    },
  ];
}

function outcome(action: number, table: number): Pick<Rule, 'table' | 'action'> {
  return {
    ...(table !== 0 && { table: tableName(table) }),
    ...(action !== FR_ACT_TO_TBL && { action: ACTIONS[action] ?? routeTypeName(action) }),
  };
}

const WHOLE_MASK = 0xff_ff_ff_ff;

/** `0x10`, or `0x10/0xff` with a mask. */
function markText(found: Attributes): string | undefined {
  const mark = u32(found.get(FRA_FWMARK));
  const mask = u32(found.get(FRA_FWMASK));
  if (mark === undefined && mask === undefined) return undefined;
  const masked = mask !== undefined && mask !== WHOLE_MASK ? `/${hex(mask)}` : '';
  return `${hex(mark ?? 0)}${masked}`;
}

/** As C's `%#x` prints it: zero has no prefix. */
function hex(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`;
}
