// `macvlan-doctor explain`: the pages of the checks, and what error messages of other programs are about; offline.
import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Screen } from '../base-command.js';
import { readMessage, withMessageLast } from '../explain-input.js';
import type { Explanation } from '../workflows/explain.js';
import type { PageGroup } from '../../model/manual.js';

export default class Explain extends BaseCommand {
  static override summary = 'Print the page of a check, or say what an error message is about.';
  static override description =
    'Takes ids of checks, or a message of Docker, the kernel, iproute2, Podman, CNI, Incus or libvirt, as it was printed or with a whole log around it. ' +
    'Nothing is looked up on this host or elsewhere.\n\n' +
    'Exit code: 0 something is known, 2 nothing known fits, or wrong use.';
  static override strict = false;
  static override args = {
    text: Args.string({
      description: 'Ids, or a message; `-` reads it from standard input. Without any, the list.',
    }),
  };
  static override flags = {
    json: Flags.boolean({
      env: 'MACVLAN_DOCTOR_JSON',
      description: 'For programs: the same as JSON.',
    }),
  };
  static override examples = [
    { description: 'All checks', command: '<%= config.bin %> explain' },
    { description: 'One of them', command: '<%= config.bin %> explain parent-enslaved' },
    {
      description: 'What a message is about',
      command:
        '<%= config.bin %> explain "failed to create the macvlan port: device or resource busy"',
    },
    {
      description: 'What is known in a log',
      command: 'journalctl -u docker -n 50 | <%= config.bin %> explain -',
    },
  ];

  async run(): Promise<void> {
    const isFlag = flagTest({ ...BaseCommand.baseFlags, ...Explain.flags });
    const { argv, flags } = await this.parse(Explain, withMessageLast(this.argv, isFlag));
    const text = argv.join(' ');
    const { explain, listPages } = await import('../workflows/explain.js');
    if (argv.length === 0) {
      const groups = listPages();
      process.stdout.write(flags.json ? json({ groups }) : await list(groups, this.screen(flags)));
      return;
    }
    const asked = text === '-' ? await readMessage(process.stdin, this.stop.signal) : text;
    const said = explain(asked);
    process.stdout.write(flags.json ? json(said) : await render(said, this.screen(flags)));
  }
}

/** Whether a word is one of these flags, as it may be written. */
function flagTest(flags: Readonly<Record<string, { readonly char?: string | undefined }>>) {
  const words = new Set(
    Object.entries(flags).flatMap(([name, { char }]) => [`--${name}`, `-${char ?? '-'}`]),
  );
  return (word: string): boolean => words.has(word) || word === '--help';
}

function json(value: object): string {
  return `${JSON.stringify({ schemaVersion: 1, ...value }, null, 2)}\n`;
}

async function list(groups: readonly PageGroup[], view: Screen): Promise<string> {
  const { renderList } = await import('../../core/reporters/manual/list.js');
  return renderList(groups, view);
}

async function render({ pages, messages }: Explanation, view: Screen): Promise<string> {
  if (messages.length > 0) {
    const { renderMessages } = await import('../../core/reporters/manual/messages.js');
    return renderMessages(messages, view);
  }
  const { renderPage } = await import('../../core/reporters/manual/page.js');
  return pages.map((page) => renderPage(page, view)).join('\n');
}
