import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ask, atSockJs } from './recognised.js';

export default {
  title: 'A SockJS session has one receiver at a time',
  requirement: 'A second receiver of a session is closed with c[2010,"Another connection still open"].',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-384',
  refs: ['https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html'],
  judges: 'endpoint',
  why: 'Clients choose the names of their sessions: who guesses one takes messages that are meant for somebody else.',
  remedy: 'Close a receiver that comes while another is open; tie sessions to who opened them.',
  run: (probe) =>
    atSockJs(probe, async ({ transport }) => {
      const path = transport('xhr');
      const receive = (withinMs: number) => ask(probe, path, { method: 'POST', body: '', withinMs });
      const { answerMs } = probe.patience;
      const opened = await receive(answerMs);
      if (!opened.body.startsWith('o'))
        return skip(`no session is had over xhr: ${opened.status ?? opened.failure}`);
      const first = receive(answerMs);
      await probe.wait(100);
      const second = await receive(answerMs);
      const { handshake } = await first;
      if (second.body.startsWith('c['))
        return pass(`the second receiver was closed with ${show(second.body.trim())}`);
      if (handshake !== 'no-answer')
        return skip('the session said something by itself, so the second came after the first');
      if (second.status === undefined) return skip(`the second receiver had no answer: ${second.failure}`);
      return second.status === 200
        ? fail(
            'c[2010,"Another connection still open"]',
            `the second was given ${show(second.body.trim().slice(0, 80))}`,
          )
        : pass(`the second receiver was given nothing: ${second.status}`);
    }),
} satisfies Check;
