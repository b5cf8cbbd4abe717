import { parseRequest, parseResponse, splitHead } from '../protocol/index.js';
import type { Conversation, ConversationEvent, Segment } from './capture.js';

/** Of no machine (RFC 5737 §3): with the client's own address, the inside would look like the proxy's connection. */
const NOBODY = '192.0.2.1';
const TLS_HANDSHAKE = 22;

/**
 * What the tunnels of a segment carried in clear, as a segment of its own: Wireshark shows a WebSocket in a CONNECT
 * (RFC 9110 §9.3.6) as data, unless there is TLS around it. Undefined where there is no such tunnel.
 */
export function insides({ name, connections }: Segment): Segment | undefined {
  const inner = connections.flatMap((connection) => insideOf(connection) ?? []);
  if (inner.length === 0) return undefined;
  return {
    name: `${name}, inside CONNECT`,
    comment: `the same octets once more, as the tunnels of "${name}" carried them; ${NOBODY} stands for the client`,
    connections: inner,
  };
}

function insideOf(connection: Conversation): Conversation | undefined {
  const { id, client, events } = connection;
  const asked = headOf(events, 'client');
  const answered = asked && headOf(events, 'server');
  if (!answered) return undefined;
  const target = targetOf(asked.head, answered.head);
  if (!target) return undefined;
  const { at } = answered;
  const inner = events.flatMap((event) => {
    const head = (event.from === 'client' ? asked : answered).head.length;
    return event.kind === 'open' ? [] : (past(event, head, at) ?? []);
  });
  const first = inner.find(({ from, bytes }) => from === 'client' && bytes);
  if (!first || first.bytes![0] === TLS_HANDSHAKE) return undefined;
  const open = (from: 'client' | 'server') => ({ at, from, kind: 'open', offset: 0, length: 0 }) as const;
  return {
    id,
    client: { host: NOBODY, port: client.port },
    upstream: target,
    comment: [connection.comment, `inside CONNECT ${target.host}:${target.port}`].filter(Boolean).join(', '),
    events: [open('client'), open('server'), ...inner],
  };
}

/** Where an accepted CONNECT leads. */
function targetOf(asked: Uint8Array, answered: Uint8Array): Conversation['upstream'] | undefined {
  try {
    const { method, target } = parseRequest(asked);
    const { status } = parseResponse(answered);
    const [, host, port] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(target) ?? [];
    if (method !== 'CONNECT' || status < 200 || status > 299 || !host) return undefined;
    return { host, port: Number(port) & 0xffff };
  } catch {
    return undefined;
  }
}

/** The first head that a side sent, and when it was whole. */
function headOf(
  events: readonly ConversationEvent[],
  side: ConversationEvent['from'],
): { head: Uint8Array; at: number } | undefined {
  let seen: Uint8Array = new Uint8Array(0);
  for (const { from, kind, at, bytes } of events) {
    if (from !== side || kind !== 'data') continue;
    if (!bytes) return undefined;
    seen = Buffer.concat([seen, bytes]);
    try {
      const split = splitHead(seen);
      if (split) return { head: split.head, at };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** The event without the octets of the head before the tunnel; not before the tunnel was open. */
function past(event: ConversationEvent, head: number, openedAt: number): ConversationEvent | undefined {
  const { kind, offset, length, bytes } = event;
  const cut = Math.max(0, head - offset);
  if (kind === 'data' && cut >= length) return undefined;
  return {
    ...event,
    at: Math.max(event.at, openedAt),
    offset: Math.max(0, offset - head),
    length: Math.max(0, length - cut),
    ...(bytes && { bytes: bytes.subarray(cut) }),
  };
}
