import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { atEngineIo } from './recognised.js';

const MOST = 2_000_000;

export default {
  title: 'An Engine.IO server takes no larger message than the maxPayload that it announces',
  requirement: 'maxPayload: the maximum number of bytes per chunk, used by the client to aggregate packets.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#handshake', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  budget: { octets: MOST + 100_000 },
  why: 'A message is held in memory until it is whole; without a limit one client takes as much as it likes.',
  remedy: 'Set maxHttpBufferSize to what the application needs; it holds for WebSocket messages too.',
  fixes: { 'socket.io': 'new Server(httpServer, { maxHttpBufferSize: 100_000 })' },
  run: (probe) =>
    atEngineIo(probe, async ({ open: { maxPayload } }) => {
      if (maxPayload === undefined) return skip('it announces no maxPayload');
      if (maxPayload > MOST)
        return warn(`it announces ${maxPayload} octets, more than is sent here to try it`);
      const bystander = await probe.meet();
      const peer = await probe.meet();
      // An event that nobody listens for; the mask is of zeros.
      const around = '42["wsgauntlet",""]';
      const event = `42["wsgauntlet","${'x'.repeat(maxPayload + 1 - around.length)}"]`;
      peer.send(header(event.length));
      let end = await peer.farewell(probe.patience.answerMs / 2);
      const early = end !== undefined;
      if (!end) {
        peer.send(Buffer.from(event));
        if (await probe.lives(peer))
          return fail(
            `an end over a message of ${event.length} octets`,
            'the message was taken, and the connection went on',
          );
        end = await peer.farewell(0);
      }
      if (!end)
        return warn(`after a message of ${event.length} octets the connection stayed open, in silence`);
      if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
      const how = early ? 'by its declared length alone' : 'once it was whole';
      return pass(`a message over the limit ended the connection ${how}`, {
        measured: { maxPayload, ...(end.code !== undefined && { code: end.code }) },
      });
    }),
} satisfies Check;

/** Of a text frame with a 64-bit length and a masking key of zeros. */
function header(length: number): Uint8Array {
  const octets = Buffer.alloc(14);
  octets[0] = 0x81;
  octets[1] = 0xff;
  octets.writeBigUInt64BE(BigInt(length), 2);
  return octets;
}
