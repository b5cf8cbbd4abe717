import type { Check } from '../../harness/model.js';
import {
  closePayload,
  type Frame,
  FrameDecoder,
  frame,
  opcodeName,
  ProtocolFault,
} from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

export default {
  title: 'The server’s own frames keep the rules',
  requirement: 'A server MUST NOT mask any frames that it sends to the client.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1', 'RFC 6455 §5.2', 'RFC 6455 §5.5'],
  judges: 'endpoint',
  why: 'Browsers end the connection over a frame that is masked or carries bits without a meaning, so the service fails for them and works in tests with lenient clients.',
  remedy:
    'Send frames unmasked, with the RSV bits clear where nothing was agreed on, and control frames whole and short.',
  async run(probe) {
    const peer = await probe.meet();
    peer.send(frame({ opcode: 'ping', payload: 'a ping', mask: true }));
    await probe.lives(peer);
    peer.send(frame({ opcode: 'close', payload: closePayload(1000), mask: true }));
    await peer.farewell(probe.patience.answerMs);
    const { frames, fault } = framesIn(peer.received());
    if (frames.length === 0 && fault === undefined) return skip('the server sent no frame');
    const wrong = fault ?? frames.map(faultOf).find((one) => one !== undefined);
    const expected = 'frames that are unmasked, with clear RSV bits, of known opcodes';
    if (wrong !== undefined) return fail(expected, wrong, { blame: probe.suspect() });
    const kinds = [...new Set(frames.map(({ opcode }) => opcodeName(opcode)))];
    return pass(`${frames.length} frames keep the rules (${kinds.join(', ')})`);
  },
} satisfies Check;

function framesIn(octets: Uint8Array): { frames: readonly Frame[]; fault?: string } {
  try {
    return { frames: new FrameDecoder().push(octets) };
  } catch (fault) {
    if (!(fault instanceof ProtocolFault)) throw fault;
    return { frames: fault.frames, fault: fault.message };
  }
}

function faultOf({ opcode, mask, rsv, fin, payload, lengthForm }: Frame): string | undefined {
  const what = `a ${opcodeName(opcode)} frame`;
  if (mask) return `${what} is masked`;
  if (rsv !== 0)
    return `${what} has the RSV bits ${rsv.toString(2).padStart(3, '0')}, and no extension was agreed on`;
  if ((opcode & 7) > 2) return `${what} has an opcode without a meaning`;
  if (opcode > 7 && !fin) return `${what} is a fragment`;
  if (opcode > 7 && payload.length > 125) return `${what} has ${payload.length} octets`;
  const shortest = payload.length < 126 ? 7 : payload.length < 65_536 ? 16 : 64;
  return lengthForm === shortest
    ? undefined
    : `${what} has a length of ${payload.length} in ${lengthForm} bits`;
}
