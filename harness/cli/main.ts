import { CommanderError, Command as Parser } from 'commander';
import { load, units } from '../catalogue.js';
import type { Command, Flags } from './command.js';
import type { Io } from './io.js';
import { packageVersion } from './package.js';
import { Misuse, sentenceOf, Trouble, withStack } from './trouble.js';

const SUMMARY =
  'Puts a WebSocket path through real proxies and says what broke, at which hop, with the bytes to prove it.';

const CODES = `
Exit codes: 0 all as expected; 1 a finding differs from its expectation; 2 misuse; 3 it could not tell;
129, 130 or 143 after a signal.`;

/** Runs one command line. Resolves with the exit code; never rejects. */
export async function execute(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  try {
    const parser = new Parser('wsgauntlet').description(SUMMARY).version(packageVersion(), '-V, --version');
    setUp(parser, io);
    parser.addHelpText('after', CODES).helpCommand(false);
    for (const { id, command } of await commands()) {
      const sub = parser.command(`${id}${command.args ? ` ${command.args}` : ''}`);
      setUp(sub, io);
      sub.description(command.summary).addHelpText('after', command.more ? `\n${command.more}` : '');
      for (const { flags, help, many } of command.options ?? []) {
        if (many) sub.option(flags, help, (one: string, before: string[] = []) => [...before, one]);
        else sub.option(flags, help);
      }
      sub.action(async () => {
        code = await command.run(sub.args, given(sub), io);
      });
    }
    await parser.parseAsync(argv, { from: 'user' });
    return code;
  } catch (fault) {
    return told(fault, io);
  }
}

async function commands(): Promise<{ id: string; command: Command }[]> {
  return Promise.all(
    units('harness/cli/commands').map(async (entry) => ({
      id: entry.id,
      command: await load<Command>(entry),
    })),
  );
}

function setUp(parser: Parser, io: Io): void {
  parser.exitOverride().configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    writeErr: (text) => void io.stderr.write(text),
    getOutHelpWidth: () => io.stdout.columns ?? 100,
    getErrHelpWidth: () => io.stderr.columns ?? 100,
  });
}

function given(parser: Parser): Flags {
  const all = parser.opts<Flags>();
  const keys = Object.keys(all).filter((key) => parser.getOptionValueSource(key) === 'cli');
  return Object.fromEntries(keys.map((key) => [key, all[key]!]));
}

/** Says what went wrong, in one sentence, and what exit code that is. */
function told(fault: unknown, io: Io): number {
  // Commander has printed its own sentence by now.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
  const expected = fault instanceof Misuse || fault instanceof Trouble;
  io.stderr.write(`wsgauntlet: ${expected ? sentenceOf(fault) : withStack(fault, io.env)}\n`);
  return fault instanceof Misuse ? 2 : 3;
}
