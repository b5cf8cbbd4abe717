import type { Check } from '../../harness/model.js';
import { pass, warn } from '../../harness/verdict.js';
import { atEngineIo, openIn, said } from './recognised.js';

export default {
  title: 'An Engine.IO server opens no session in another version of the protocol',
  requirement: 'A version of the protocol that is not needed is refused, and so is one that does not exist.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-1188',
  refs: [
    'https://socket.io/docs/v4/engine-io-protocol/',
    'https://socket.io/docs/v4/server-options/#alloweio3',
  ],
  judges: 'endpoint',
  why: 'Version 3, of Socket.IO 2, has JSONP and another parser: more that an attacker may reach than the application’s own clients need.',
  remedy: 'Leave allowEIO3 off once no old client is left.',
  fixes: { 'socket.io': 'new Server(httpServer, { allowEIO3: false })' },
  run: (probe) =>
    atEngineIo(probe, async ({ version, path }) => {
      const taken: string[] = [];
      for (const other of ['3', '4', '2', '5', '99'].filter((one) => one !== String(version))) {
        const { peer, handshake } = await probe.dial({ path: path({ EIO: other, transport: 'websocket' }) });
        if (handshake !== 'accepted') continue;
        const first = await peer?.next(probe.patience.answerMs);
        if (first && openIn(said(first))) taken.push(other);
      }
      if (taken.length === 0) return pass(`sessions are opened with EIO=${version} alone`);
      const list = taken.map((one) => `EIO=${one}`).join(', ');
      return warn(`sessions are opened with ${list} too, besides EIO=${version}`, {
        expected: `EIO=${version} alone`,
        actual: list,
      });
    }),
} satisfies Check;
