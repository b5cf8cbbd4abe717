import type { Check, Peer } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { judgeTexts, oursOf, textOf } from './said.js';

/** What a buggy client might send. */
const ODD: readonly string[] = ['{', '{"type":null,"id":{}}', '[]', '"', '{"type":"\u0000"}', '-1'];
const SILENCE_MS = 300;
const TRIES = 3;

export default {
  title: 'Errors over the connection show nothing of the program behind them',
  requirement: 'An error is described to the client without the program’s stack, paths or statements.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-209',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html'],
  judges: 'endpoint',
  why: 'Error pages are cleaned and error messages forgotten: what the handler of a message throws is sent as it is, with its stack and the statement that failed.',
  remedy: 'Catch what handlers throw, log it, and send a code.',
  fixes: {
    ws: 'try { handle(JSON.parse(data)); } catch (error) { log(error); client.send(\'{"error":"bad request"}\'); }',
  },
  async run(probe) {
    const texts: string[] = [];
    let left = ODD;
    for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
      await using peer = await probe.meet();
      for (const odd of left) peer.send(frame({ opcode: 'text', payload: odd, mask: true }));
      texts.push(...(await answers(peer, left.length)));
      if (peer.open) break;
      // It may be the first that it ended over.
      left = left.slice(1);
    }
    if (texts.length === 0)
      return skip('messages that mean nothing were answered with nothing but their echo, if at all');
    return judgeTexts(texts, [...oursOf(probe.target), ...ODD]);
  },
} satisfies Check;

/** What came back, up to as many messages or a silence, without the echo of what was sent. */
async function answers(peer: Peer, count: number): Promise<string[]> {
  const texts: string[] = [];
  for (let came = 0; came < count; came++) {
    const received = await peer.until(({ opcode }) => [1, 2, 8].includes(opcode), SILENCE_MS);
    if (!received) break;
    const text = received.opcode === 8 ? textOf(received).slice(2) : textOf(received);
    if (text !== '' && !ODD.includes(text)) texts.push(text);
    if (received.opcode === 8) break;
  }
  return texts;
}
