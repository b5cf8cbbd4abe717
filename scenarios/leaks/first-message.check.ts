import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { firstOf, judgeTexts, oursOf, textOf } from './said.js';

export default {
  title: 'The first messages carry no secrets',
  requirement: 'What a server sends to whoever connects is meant for whoever connects.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-359',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html'],
  judges: 'endpoint',
  why: 'Greetings are often the whole state of the application, with what the page never shows: tokens, keys, other people’s addresses, servers of the inside.',
  remedy: 'Send the fields that the page needs, by name.',
  async run(probe) {
    const known = await probe.acquaintance();
    const messages = firstOf(known);
    if (messages.length === 0)
      return skip(
        'the server sends nothing by itself, and no answer to a first message is known; give one with --hello',
      );
    return judgeTexts(messages.map(textOf), oursOf(probe.target));
  },
} satisfies Check;
