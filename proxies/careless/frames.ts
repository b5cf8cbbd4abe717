import { type Frame, FrameDecoder, frame, ProtocolFault } from '../../harness/protocol/index.js';

/** Reads octets as frames and has each done by; from what is no frame on, octets pass as they are. */
export function perFrame(
  pass: (octets: Uint8Array) => void,
  heed: (seen: Frame) => void,
): (octets: Buffer) => void {
  const decoder = new FrameDecoder();
  let lost = false;
  return (octets) => {
    if (lost) return pass(octets);
    try {
      for (const seen of decoder.push(octets)) heed(seen);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      lost = true;
      pass(octets);
    }
  };
}

export const isData = ({ opcode }: Frame): boolean => opcode < 8;

/** The octets of a frame again, with another payload if one is given. */
export function again({ fin, rsv, opcode, mask, payload }: Frame, other: Uint8Array = payload): Uint8Array {
  return frame({ fin, rsv, opcode, payload: other, ...(mask && { mask }) });
}
