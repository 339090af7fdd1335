// Makes room for more entries in the kernel's ARP table.
import { valueOf } from '../../../model/fact.js';
import { defineFix, type Argv } from '../../../model/fix.js';

const PREFIX = 'net.ipv4.neigh.default';
const FILE = '/etc/sysctl.d/60-neighbour-table.conf';
/** Roomy for any LAN that one machine sees, and 6 MiB when full. */
const ROOMY = 16_384;
/** What Linux starts with (arp(7)). */
const DEFAULTS = { gcThresh1: 128, gcThresh2: 512 };

export default defineFix<null>({
  meta: { id: 'raise-neighbour-limit', title: 'Make room in the ARP table', risk: 'safe' },
  plan(_none, { facts }) {
    const table = valueOf(facts.neighbourTable);
    if (table === undefined) return { impossible: 'The limits of the ARP table are not known.' };
    const most = Math.max(ROOMY, 4 * table.gcThresh3);
    const wanted = [most, most / 2, most / 4];
    const platform = valueOf(facts.platform);
    if (platform?.isContainer === true || platform?.isInitialNetns === false) {
      return {
        impossible: `The limits are the whole machine's, and can be set on the machine itself only, outside of any container: ${commands(
          wanted,
        )
          .map((argv) => argv.join(' '))
          .join('; ')}.`,
      };
    }
    const before = [
      table.gcThresh3,
      table.gcThresh2 ?? DEFAULTS.gcThresh2,
      table.gcThresh1 ?? DEFAULTS.gcThresh1,
    ];
    const lines = assignments(wanted).map((one) => one.replace('=', ' = '));
    return {
      steps: commands(wanted),
      undo: commands(before),
      persist: [
        {
          manager: 'systemd',
          files: [{ path: FILE, content: `${lines.join('\n')}\n` }],
          commands: [],
        },
      ],
      notes: [
        'An entry takes some 400 bytes, and only while it is there: the limit itself costs nothing.',
      ],
    };
  },
});

/** The upper limit first, so that the lower ones never stand above it. */
function assignments(limits: readonly number[]): string[] {
  return limits.map(
    (limit, index) => `${PREFIX}.gc_thresh${(3 - index).toString()}=${limit.toString()}`,
  );
}

function commands(limits: readonly number[]): Argv[] {
  return assignments(limits).map((one): Argv => ['sysctl', '-w', one]);
}
