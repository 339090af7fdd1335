// What every command shares: common flags, streams, signals, and how an error ends.
import { Command, Flags } from '@oclif/core';
import { OUR_BUG, SIGNAL_CODES, WRONG_USE, type StopSignal } from './exit-code.js';
import { sentenceOf } from './sentence.js';
import { hasColor, widthOf } from './terminal.js';

const GLOBAL = 'GLOBAL';

/** How a report is to be shown. */
export interface Screen {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

export abstract class BaseCommand extends Command {
  static override baseFlags = {
    'no-color': Flags.boolean({
      helpGroup: GLOBAL,
      description: 'No colour, whatever the terminal can do; NO_COLOR does the same.',
      env: 'MACVLAN_DOCTOR_NO_COLOR',
    }),
    quiet: Flags.boolean({
      char: 'q',
      helpGroup: GLOBAL,
      description: 'Only the verdict and one line per finding.',
      env: 'MACVLAN_DOCTOR_QUIET',
      exclusive: ['verbose'],
    }),
    verbose: Flags.boolean({
      char: 'v',
      helpGroup: GLOBAL,
      description: 'Everything that was seen, and the files that keep a fix.',
      env: 'MACVLAN_DOCTOR_VERBOSE',
    }),
    'no-input': Flags.boolean({
      helpGroup: GLOBAL,
      description: 'Never ask anything.',
      env: 'MACVLAN_DOCTOR_NO_INPUT',
    }),
  };

  /** It leaves nothing behind, so a signal may end it at once: a handler would wait until it has done thinking. */
  protected readonly isEndable: boolean = false;
  /** Aborts at the first SIGINT or SIGTERM; the second one ends the process at once. */
  protected readonly stop = new AbortController();
  private stoppedBy: StopSignal | undefined;
  private readonly onSignal = (signal: NodeJS.Signals): void => {
    const name = signal as StopSignal;
    // eslint-disable-next-line n/no-process-exit, unicorn/no-process-exit -- somebody who insists gets out at once
    if (this.stoppedBy !== undefined) process.exit(SIGNAL_CODES[name]);
    this.stoppedBy = name;
    process.exitCode = SIGNAL_CODES[name];
    this.stop.abort();
  };

  protected override async init(): Promise<void> {
    await super.init();
    if (!this.isEndable) process.on('SIGINT', this.onSignal).on('SIGTERM', this.onSignal);
  }

  protected override finally(_error: Error | undefined): Promise<void> {
    process.off('SIGINT', this.onSignal).off('SIGTERM', this.onSignal);
    if (this.stoppedBy !== undefined) process.exitCode = SIGNAL_CODES[this.stoppedBy];
    return Promise.resolve();
  }

  /** Ends every error here, in every format: oclif would turn them all into 1 or print its own configuration. */
  protected override catch(error: Error): Promise<void> {
    if (this.stoppedBy !== undefined) {
      this.complain(`stopped by ${this.stoppedBy}; nothing was changed.`);
      return Promise.resolve();
    }
    if (isQuietExit(error)) throw error;
    const sentence = sentenceOf(error, Object.keys(this.flagsOfCommand()));
    if (sentence === undefined) {
      process.exitCode = OUR_BUG;
      this.complain(`${error.stack ?? error.message}\n${this.plea()}`);
    } else {
      process.exitCode = WRONG_USE;
      this.complain(sentence);
    }
    return Promise.resolve();
  }

  protected complain(sentence: string): void {
    process.stderr.write(`macvlan-doctor: ${sentence}\n`);
  }

  /** What stdout can show, and how much of it is wanted. */
  protected screen(flags: {
    readonly 'no-color': boolean;
    readonly verbose: boolean;
    readonly quiet: boolean;
  }): Screen {
    return {
      color: hasColor(process.stdout, process.env, flags['no-color']),
      width: widthOf(process.stdout),
      verbose: flags.verbose,
      quiet: flags.quiet,
    };
  }

  private flagsOfCommand(): object {
    return { ...BaseCommand.baseFlags, ...this.ctor.flags };
  }

  private plea(): string {
    return (
      'This is a bug of macvlan-doctor. Please report the lines above, with the output of\n' +
      `\`macvlan-doctor --version\` (${this.config.version}, ${process.platform} ${process.arch}, Node ${process.version}) and, if it can be made, of \`macvlan-doctor run --passive --save snapshot.json\`.`
    );
  }
}

/** `--help` and `--version` end with an error that is none. */
function isQuietExit(error: Error): boolean {
  return 'code' in error && error.code === 'EEXIT';
}
