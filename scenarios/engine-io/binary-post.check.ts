import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ask, atEngineIo, session } from './recognised.js';

export default {
  title: 'An Engine.IO server answers a binary body that it does not take',
  requirement: 'A request whose content the protocol does not provide for is answered, with an error.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-404',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#http-long-polling', 'RFC 9110 §15.5.1'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'A request that is never answered holds its connection; a few thousand of them hold them all.',
  remedy: 'Update Engine.IO.',
  run: (probe) =>
    atEngineIo(
      probe,
      async (endpoint) => {
        if (endpoint.version < 4) return skip('version 3 of the protocol takes binary bodies');
        const bystander = await probe.meet();
        const post = async (type: string, body: string) => {
          const own = await session(probe, endpoint);
          if (!own) return undefined;
          const path = endpoint.path({ EIO: '4', transport: 'polling', sid: own.sid });
          return ask(probe, path, { method: 'POST', headers: [['Content-Type', type]], body });
        };
        const text = await post('text/plain;charset=UTF-8', '40');
        if (text?.status !== 200) return skip(`a text body is answered with ${text?.status ?? 'nothing'}`);
        const answer = await post('application/octet-stream', '\u0001\u0002\u0003');
        if (!answer) return skip('no second session was given');
        if (answer.handshake === 'no-answer')
          return fail(
            '400',
            `no answer within ${probe.patience.answerMs} ms, to a request that text is answered for at once`,
          );
        if (!(await probe.lives(bystander)))
          return fail('400', 'a connection that was open before has ended', { severity: 'high' });
        return pass(`answered with ${answer.status ?? 'the end of the connection'}`);
      },
      { polling: true },
    ),
} satisfies Check;
