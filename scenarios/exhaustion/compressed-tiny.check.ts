import type { Check, Peer } from '../../harness/model.js';
import { Deflater, frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { deflated } from '../framing/rsv.js';
import { BESIDE_BUDGET } from './beside.js';
import { mustNotHurtOthers } from './flooded.js';

const COUNT = 5000;

export default {
  title: 'Thousands of tiny compressed messages from one client do not slow down the others',
  requirement: 'A server bounds what one client may have it do, so that others are served meanwhile.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-400',
  refs: ['RFC 7692 §8', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'To inflate a message costs far more than to read one, however short it is, and often passes through a pool that all connections share.',
  remedy: 'Count messages by client; take compression only where it pays.',
  fixes: { ws: 'new WebSocketServer({ perMessageDeflate: false }) // its default' },
  reach: 'intrusive',
  budget: { ...BESIDE_BUDGET, connections: BESIDE_BUDGET.connections + 2, seconds: 60 },
  async run(probe) {
    const meeting = await deflated(probe);
    if (typeof meeting === 'string') return skip(meeting);
    const payload = new Deflater({ takeover: false }).deflate(Buffer.from('a'));
    const one = frame({ opcode: 'text', rsv: 4, payload, mask: true });
    return mustNotHurtOthers(probe, {
      name: `${COUNT} compressed messages of one octet`,
      octets: Buffer.concat(Array<Uint8Array>(COUNT).fill(one)),
      open: () => meeting.open(),
      worked: (peer: Peer) => meeting.lives(peer),
    });
  },
} satisfies Check;
