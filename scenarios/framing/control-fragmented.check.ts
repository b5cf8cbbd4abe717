import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEnd } from '../judging/violation.js';
import { illegal } from './common.js';

export default {
  title: 'A fragmented control frame ends the connection',
  requirement: 'All control frames MUST NOT be fragmented.',
  ...illegal,
  refs: ['RFC 6455 §5.5', 'RFC 6455 §5.4'],
  why: 'A control frame that waits for its rest may be told apart from the message around it by one end and not by the other, and grows past its 125 octets.',
  remedy: 'Fail the connection with 1002 over a control frame without FIN.',
  run: (probe) =>
    mustEnd(probe, {
      name: 'a ping without FIN',
      send: [frame({ opcode: 'ping', fin: false, payload: 'in parts', mask: true })],
      legal: [frame({ opcode: 'ping', payload: 'in parts', mask: true })],
      codes: [1002],
    }),
} satisfies Check;
