import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo } from './recognised.js';

export default {
  title: 'A Socket.IO server does not wait for a hundred thousand attachments',
  requirement: 'The number of attachments that a packet may announce is limited.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-770',
  refs: ['https://socket.io/docs/v4/socket-io-protocol/#sending-and-receiving-data'],
  judges: 'endpoint',
  why: 'All attachments are kept until the last has come, each as large as a message may be: one connection takes the server’s memory.',
  remedy: 'Update socket.io-parser; its maxAttachments limits them to 10.',
  run: (probe) =>
    atEngineIo(
      probe,
      async () => {
        const declare = (count: number) =>
          frame({
            opcode: 'text',
            payload: `45${count}-["wsgauntlet",{"_placeholder":true,"num":0}]`,
            mask: true,
          });
        const control = await probe.meet();
        control.send(declare(1));
        control.send(frame({ opcode: 'binary', payload: 'attached', mask: true }));
        if (!(await probe.lives(control))) return skip('a single attachment ends the connection here');
        const peer = await probe.meet();
        peer.send(declare(100_000));
        const lives = await probe.lives(peer);
        const end = await peer.farewell(lives ? 100 : 0);
        if (!end) return fail('an end over 100000 attachments declared', 'the connection waits for them');
        if (!(await probe.lives(control))) return skip('connections end here by themselves');
        return pass('the connection was ended', {
          ...(end.code !== undefined && { measured: { code: end.code } }),
        });
      },
      { socketIo: true },
    ),
} satisfies Check;
