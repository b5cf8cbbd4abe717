import type { Evidence, Finding } from '../../harness/model.js';

/** Values in ms, to two digits, with how often each occurred; ascending. */
export type Counts = [number, number][];

/** What the client's side of the evidence tells of a place. */
export interface Latency {
  /** From the request to the 101. */
  handshake: Counts;
  /** From a ping of the client's to the pong. */
  ping: Counts;
}

/** A measurement that several findings share is counted once. */
export function latencyOf(findings: readonly Finding[]): Latency {
  const connections = new Map<string, Map<string, Evidence>>();
  for (const entry of findings.flatMap(({ evidence }) => evidence)) {
    if (entry.by !== 'client' || entry.of === undefined) continue;
    const entries = connections.get(entry.of) ?? new Map<string, Evidence>();
    connections.set(entry.of, entries);
    entries.set(`${entry.at} ${entry.kind} ${entry.mark}`, entry);
  }
  const ordered = [...connections.values()].map((entries) =>
    [...entries.values()].sort((a, b) => a.at - b.at),
  );
  return {
    handshake: counted(ordered.flatMap(handshakeOf)),
    ping: counted(ordered.flatMap(pingsOf)),
  };
}

function handshakeOf(entries: readonly Evidence[]): number[] {
  const asked = entries.find(({ mark, text }) => mark === 'request' && !text.startsWith('CONNECT '));
  const answered = entries.find(({ mark, text }) => mark === 'response' && /^HTTP(\/1\.1)? 101\b/.test(text));
  return asked && answered && answered.at >= asked.at ? [answered.at - asked.at] : [];
}

/** A pong answers the last ping of the same payload that has no answer yet (RFC 6455 §5.5.3). */
function pingsOf(entries: readonly Evidence[]): number[] {
  const open = new Map<string, number>();
  return entries.flatMap(({ kind, frame, bytes = '', at }) => {
    if (kind === 'sent' && frame?.opcode === 9) open.set(bytes, at);
    const since = kind === 'received' && frame?.opcode === 10 ? open.get(bytes) : undefined;
    if (since === undefined) return [];
    open.delete(bytes);
    return [at - since];
  });
}

function counted(values: readonly number[]): Counts {
  const counts = new Map<number, number>();
  for (const value of values) {
    const rounded = Number(value.toPrecision(2));
    counts.set(rounded, (counts.get(rounded) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}
