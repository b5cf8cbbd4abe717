import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { BESIDE_BUDGET } from './beside.js';
import { mustNotHurtOthers } from './flooded.js';

const COUNT = 5000;

export default {
  title: 'Thousands of tiny messages from one client do not slow down the others',
  requirement: 'A server bounds what one client may have it do, so that others are served meanwhile.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'A message of one octet costs its sender seven octets and the server a whole turn of its application. Without a limit of messages a second one client occupies it for all.',
  remedy:
    'Count messages by client, and slow down or disconnect who sends too many; do work that takes long elsewhere.',
  fixes: {
    ws: "socket.on('message', () => { if (++count > 100) socket.close(1008); }) // count set to 0 every second",
  },
  reach: 'intrusive',
  budget: { ...BESIDE_BUDGET, seconds: 60 },
  run(probe) {
    const one = frame({ opcode: 'text', payload: 'a', mask: true });
    return mustNotHurtOthers(probe, {
      name: `${COUNT} messages of one octet`,
      octets: Buffer.concat(Array<Uint8Array>(COUNT).fill(one)),
    });
  },
} satisfies Check;
