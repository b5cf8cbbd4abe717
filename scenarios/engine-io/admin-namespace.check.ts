import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { anonymous } from '../judging/credentials.js';
import { atEngineIo, said } from './recognised.js';

export default {
  title: 'The admin namespace of a Socket.IO server is not open to everybody',
  requirement: 'Who connects to the namespace of the Admin UI is authenticated.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-306',
  refs: ['https://socket.io/docs/v4/admin-ui/#server-side'],
  judges: 'endpoint',
  why: 'The Admin UI lists all clients with their addresses and headers, moves them between rooms and disconnects them.',
  remedy: 'Give the Admin UI its auth option, or leave it out in production.',
  fixes: {
    'socket.io': "instrument(io, { auth: { type: 'basic', username: 'admin', password: BCRYPT_HASH } })",
  },
  run: (probe) =>
    atEngineIo(
      probe,
      async () => {
        const { peer, handshake } = await probe.dial(anonymous(probe));
        if (handshake !== 'accepted' || !peer) return pass('nobody is let in without credentials');
        const connects = async (namespace: string) => {
          peer.send(frame({ opcode: 'text', payload: `40${namespace},`, mask: true }));
          const answer = await peer.until((one) => /^4[04]\//.test(said(one)), probe.patience.answerMs);
          return answer && said(answer).startsWith('40') ? said(answer) : undefined;
        };
        if (await connects('/wsgauntlet')) return skip('any name of a namespace is let in here');
        const admin = await connects('/admin');
        return admin === undefined
          ? pass('/admin lets nobody in without credentials')
          : fail('a refusal of /admin', 'a connection to /admin without credentials');
      },
      { socketIo: true },
    ),
} satisfies Check;
