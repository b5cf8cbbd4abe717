import type { Evidence } from '../../harness/model.js';

const TEXT = 1;

/** A frame as Chrome's developer tools write it: `data` is text for opcode 1, and base64 for the others. */
export interface SocketMessage {
  type: 'send' | 'receive';
  /** Seconds since the Unix epoch. */
  time: number;
  opcode: number;
  data: string;
  /** Whether `data` is base64 of a text frame: compressed, or cut. */
  _encoding?: 'base64';
  /** Present where the message goes on in another frame. */
  _fin?: false;
  /** Octets of the payload, where the record holds fewer. */
  _octets?: number;
}

/** @param epochMs Unix time at which the clock of the evidence stood at zero */
export function messageOf(entry: Evidence, epochMs: number): SocketMessage {
  const { at, kind, bytes = '', frame } = entry;
  const { opcode = TEXT, rsv = 0, fin = true, octets = 0 } = frame ?? {};
  const payload = Buffer.from(bytes, 'base64');
  const cut = payload.length < octets;
  const readable = opcode === TEXT && rsv === 0 && !cut;
  return {
    type: kind === 'sent' ? 'send' : 'receive',
    time: Math.round((epochMs + at) * 1000) / 1e6,
    opcode,
    data: readable ? payload.toString('utf8') : payload.toString('base64'),
    ...(opcode === TEXT && !readable && { _encoding: 'base64' as const }),
    ...(!fin && { _fin: false as const }),
    ...(cut && { _octets: octets }),
  };
}
