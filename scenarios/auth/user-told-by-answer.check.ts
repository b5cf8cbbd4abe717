import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { refusalOf, strangersOf } from './users.js';

export default {
  title: 'A wrong password and a wrong user are refused alike',
  requirement: 'A refusal does not say which part of the credentials was wrong.',
  severity: 'low',
  kind: 'vulnerability',
  cwe: 'CWE-204',
  refs: ['RFC 9110 §11.4'],
  judges: 'endpoint',
  why: 'Who can ask which users there are needs to guess passwords only.',
  remedy: 'Answer both with the same status, headers and body.',
  async run(probe) {
    const strangers = strangersOf(probe);
    if (!strangers) return skip('no credentials of HTTP Basic are given; give them with --basic');
    await probe.acquaintance();
    const { known, unknown, names } = strangers;
    const a: string[] = [];
    const b: string[] = [];
    // What changes by itself is no difference; but wrong passwords of a real user are few, since they may lock it.
    for (const [options, name, answers] of [
      [unknown, names[1], b],
      [unknown, names[1], b],
      [known, names[0], a],
    ] as const) {
      await using made = await probe.dial(options);
      const said = await refusalOf(made, name, Math.min(500, probe.patience.answerMs));
      if (said === undefined) return skip(`a wrong password is not refused by an answer (${made.handshake})`);
      if (/^(?:429|503) /.test(said)) return skip('the server has too much to do to tell');
      answers.push(said);
    }
    if (b[0] !== b[1]) return skip('refusals of one and the same user differ among themselves');
    const measured = { alike: a[0] === b[0] };
    const said = show((a[0] ?? '').split('\n', 1)[0] ?? '');
    if (a[0] === b[0]) return pass(`both are refused with ${said}`, { measured });
    const other = show((b[0] ?? '').split('\n', 1)[0] ?? '');
    return warn(
      `a known user with a wrong password: ${said}; an unknown user: ${other}${said === other ? ', with other headers or another body' : ''}`,
      {
        measured,
        expected: 'the same answer',
      },
    );
  },
} satisfies Check;
