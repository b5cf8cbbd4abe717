import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { bomb } from './bomb.js';
import { agreeing, NOT_OFFERED, offersDeflate } from './deflate.js';
import { withstands } from './withstands.js';

export default {
  title: 'The client withstands a compressed message that is far too long and then corrupt',
  requirement:
    'A message that cannot be decompressed fails the connection, whatever limit was passed before.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-248',
  refs: ['RFC 7692 §7.2.2', 'RFC 7692 §8'],
  why: 'The limit stops the decompressor in the middle of its work; an error that it reports after that finds nobody listening, and ends the program.',
  remedy: 'Keep an error handler on the decompressor until it is closed.',
  async run(probe) {
    if (!(await offersDeflate(probe))) return skip(NOT_OFFERED);
    const payload = Buffer.concat([bomb(), Uint8Array.of(0x07, 0xff, 0xff, 0xff, 0xff)]);
    return withstands(probe, {
      what: 'a message of 200 MiB, compressed, with a corrupt block behind it',
      octets: () => frame({ opcode: 'binary', rsv: 4, payload }),
      may: 'fail',
      accept: agreeing(),
    });
  },
} satisfies Check;
