import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo, said } from './recognised.js';

export default {
  title: 'An Engine.IO server sends the heartbeats that it announces',
  requirement:
    'At regular intervals (the pingInterval value sent in the handshake) the server sends a ping packet and the client has a few seconds to send a pong packet back.',
  severity: 'low',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#heartbeat'],
  judges: 'endpoint',
  patient: true,
  why: 'Clients take the connection for lost and reconnect, again and again, when the heartbeat that was announced does not come.',
  remedy: 'Announce the pingInterval that is kept; let no proxy hold small messages back.',
  run: (probe) =>
    atEngineIo(probe, async ({ version, open: { pingInterval } }) => {
      if (version < 4) return skip('before version 4 of the protocol the client sends the pings');
      const withinMs = pingInterval * 1.1 + 1000;
      if (withinMs > probe.patience.limitMs)
        return skip(
          `it announces a ping every ${pingInterval} ms, which is not waited for here (--patience)`,
        );
      const peer = await probe.meet();
      for (const which of ['first', 'second']) {
        const ping = await peer.until((one) => said(one) === '2', withinMs);
        if (!ping)
          return fail(
            `a ping packet within the ${pingInterval} ms announced`,
            peer.open
              ? `no ${which} one within ${Math.round(withinMs)} ms`
              : `an end before the ${which} one`,
            { blame: probe.suspect() },
          );
        peer.send(frame({ opcode: 'text', payload: '3', mask: true }));
      }
      return pass(`two ping packets, ${pingInterval} ms apart as announced`, {
        measured: { pingIntervalMs: pingInterval },
      });
    }),
} satisfies Check;
