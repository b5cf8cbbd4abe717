import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { agreeing, NOT_OFFERED, offersDeflate } from './deflate.js';
import { withstands } from './withstands.js';

export default {
  title: 'The client fails the connection over a compressed message that is corrupt',
  requirement: 'An endpoint that cannot decompress a message fails the WebSocket connection.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-248',
  refs: ['RFC 7692 §7.2.2'],
  why: 'An error of the decompressor that nobody handles ends the program; one that is passed over hands half a message to the application.',
  remedy: 'Fail the connection with 1007 when decompression fails.',
  async run(probe) {
    if (!(await offersDeflate(probe))) return skip(NOT_OFFERED);
    return withstands(probe, {
      what: 'a compressed message with a block of a type that does not exist',
      octets: () => frame({ opcode: 'text', rsv: 4, payload: Uint8Array.of(0x07, 0xff, 0x00, 0xaa, 0x55) }),
      may: 'fail',
      accept: agreeing(),
    });
  },
} satisfies Check;
