import type { Check, Peer, Probe } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo, said } from './recognised.js';

const ARRIVES_MS = 250;

export default {
  title: 'An Engine.IO server drops a client that does not answer its heartbeats',
  requirement:
    'If the server does not receive a pong packet back, it should consider that the connection is closed.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#heartbeat'],
  judges: 'endpoint',
  patient: true,
  why: 'Clients that are gone without a word, or that mean to, hold memory and connections for ever.',
  remedy: 'Close the session when pingInterval and pingTimeout have passed without a pong packet.',
  run: (probe) =>
    atEngineIo(probe, async ({ version, open: { pingInterval, pingTimeout } }) => {
      if (version < 4) return skip('before version 4 of the protocol the client sends the pings');
      const withinMs = (pingInterval + pingTimeout) * 1.1 + 1000;
      if (withinMs > probe.patience.limitMs)
        return skip(
          `it announces ${pingInterval + pingTimeout} ms until then, which is not waited for here (--patience)`,
        );
      const [answering, silent] = [await probe.meet(), await probe.meet()];
      const done = new AbortController();
      const going = answerPings(probe, answering, done.signal);
      const end = await silent.farewell(withinMs);
      // Where all connections end at some age, that of the one that answers, which is older, is over by then.
      await probe.wait(ARRIVES_MS);
      done.abort();
      const answered = await going;
      if (!end)
        return fail(
          `an end ${pingInterval + pingTimeout} ms after the last pong packet, as announced`,
          `still open ${Math.round(withinMs)} ms after the connection was made`,
        );
      if (answered === 0) return skip('no ping packet came, so none could be answered');
      if (!(await probe.lives(answering)))
        return skip('connections end here by themselves, answered pings or not');
      return pass('dropped, while a client that answers goes on');
    }),
} satisfies Check;

/** @returns how many it answered */
async function answerPings({ patience }: Probe, peer: Peer, done: AbortSignal): Promise<number> {
  let answered = 0;
  while (!done.aborted && peer.open) {
    const ping = await peer.until((one) => said(one) === '2', Math.min(200, patience.limitMs));
    if (!ping) continue;
    peer.send(frame({ opcode: 'text', payload: '3', mask: true }));
    answered++;
  }
  return answered;
}
