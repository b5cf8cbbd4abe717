import { randomBytes } from 'node:crypto';

/** What a ClientHello in one record offers. */
export interface Offer {
  version: number;
  suites: readonly number[];
  compression: readonly number[];
}

export function offerOf(first: Buffer): Offer | undefined {
  if (first[0] !== 22 || first[5] !== 1) return undefined;
  const version = first.readUInt16BE(9);
  let at = 11 + 32;
  at += 1 + first[at]!;
  const suites: number[] = [];
  const end = at + 2 + first.readUInt16BE(at);
  for (at += 2; at < end; at += 2) suites.push(first.readUInt16BE(at));
  return { version, suites, compression: [...first.subarray(end + 1, end + 1 + first[end]!)] };
}

/** A ServerHello in its record, as of a server that takes what no library of today takes any more. */
export function serverHello(chosen: {
  version?: number;
  suite: number;
  compression?: number;
  /** Empty extensions that it answers; renegotiation_info when absent. */
  extensions?: readonly number[];
  done?: boolean;
}): Buffer {
  const { version = 0x0303, suite, compression = 0, extensions = [0xff01] } = chosen;
  const answered = extensions.flatMap((type) =>
    type === 0xff01 ? [255, 1, 0, 1, 0] : type === 15 ? [0, 15, 0, 1, 1] : [type >> 8, type & 255, 0, 0],
  );
  const body = Buffer.from([
    version >> 8,
    version & 255,
    ...randomBytes(32),
    0,
    suite >> 8,
    suite & 255,
    compression,
    ...(answered.length > 0 ? [0, answered.length, ...answered] : []),
  ]);
  // ServerHelloDone, so that the client has its turn.
  const done = chosen.done ? [22, 3, 3, 0, 4, 14, 0, 0, 0] : [];
  return Buffer.from([22, 3, 3, 0, body.length + 4, 2, 0, 0, body.length, ...body, ...done]);
}

/** Takes the first suite of those that is offered; other ClientHellos are left alone. */
export const taking = (suites: readonly number[]) => (first: Buffer) => {
  const suite = offerOf(first)?.suites.find((one) => suites.includes(one));
  return suite === undefined ? undefined : serverHello({ suite });
};
