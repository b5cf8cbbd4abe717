import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';

const ENDS: Readonly<Record<string, string>> = { 'text/event-stream': '\n\n', 'application/x-ndjson': '\n' };

/** Of a body that is a series of events or of lines: what each becomes. Undefined for other bodies. */
export function perUnit(
  { headers }: IncomingMessage,
  heed: (unit: string, push: (text: string) => void) => void,
  flush: (push: (text: string) => void) => void = () => {},
): Transform | undefined {
  const end = ENDS[(headers['content-type'] ?? '').split(';')[0]!];
  if (end === undefined) return undefined;
  let pending = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const push = (text: string) => void this.push(text, 'latin1');
      const units = (pending + chunk.toString('latin1')).split(end);
      pending = units.pop() ?? '';
      for (const unit of units) heed(unit + end, push);
      done();
    },
    flush(done: TransformCallback) {
      const push = (text: string) => void this.push(text, 'latin1');
      flush(push);
      push(pending);
      done();
    },
  });
}
