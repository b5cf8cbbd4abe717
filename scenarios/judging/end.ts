import type { End } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';

/** In a few words, how a connection ended: `Close 1002 "bad opcode"`, `RST`. */
export function endTold({ how, code, reason }: End): string {
  if (how !== 'close') return how === 'rst' ? 'RST' : 'FIN';
  if (code === undefined) return 'Close without a code';
  return `Close ${code}${reason ? ` "${show(reason)}"` : ''}`;
}
