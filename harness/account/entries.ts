import { decode, type Side } from '../evidence/index.js';
import type { Evidence, Mark } from '../model.js';
import { opcodeName, show } from '../protocol/index.js';

/** What crossed a segment, as entries of the evidence; `sent` is towards the origin. */
export function entriesOf(side: Side, token: string): Evidence[] {
  const crossing = decode(side);
  const entries: Evidence[] = [];
  const add = (at: number, kind: Evidence['kind'], text: string, mark: Mark, more: Partial<Evidence> = {}) =>
    entries.push({ at, by: side.name, kind, text, mark, of: token, ...more });
  add(side.openedAt, 'note', 'TCP connected', 'connect');
  for (let layer: typeof crossing | undefined = crossing; layer; layer = layer.inner) {
    if (layer.hello)
      add(layer.hello.at, 'sent', `TLS ClientHello for ${show(layer.hello.sni ?? 'no name')}`, 'tls');
    for (const { request, response } of layer.exchanges) {
      if (request) {
        const { method, target, raw } = request.head;
        add(request.at, 'sent', show(`${method} ${target}`), 'request', octets(Buffer.from(raw, 'latin1')));
      }
      if (response) {
        const { status, reason, raw } = response.head;
        const text = `HTTP ${status} ${show(reason)}`.trimEnd();
        add(response.at, 'received', text, 'response', octets(Buffer.from(raw, 'latin1')));
      }
    }
    for (const way of ['up', 'down'] as const) {
      for (const { at, fin, rsv, opcode, mask, length, payload } of layer.socket?.[way].frames ?? []) {
        const frame = { fin, rsv, opcode, masked: mask !== undefined, octets: length };
        const text = `frame ${opcodeName(opcode)} ${length} octets`;
        add(at, way === 'up' ? 'sent' : 'received', text, 'frame', { frame, ...octets(payload) });
      }
    }
  }
  for (const way of ['up', 'down'] as const) {
    for (const { at, how } of side[way].ends)
      add(at, way === 'up' ? 'sent' : 'received', how.toUpperCase(), how);
  }
  return entries;
}

const octets = (bytes: Uint8Array) =>
  bytes.length === 0 ? {} : { bytes: Buffer.from(bytes.subarray(0, 2048)).toString('base64') };
