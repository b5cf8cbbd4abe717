import type { Evidence } from '../../harness/model.js';

export interface NameValue {
  name: string;
  value: string;
}

/** A request or response head as the evidence has it: its first line in three, and its fields in order. */
export interface Head {
  first: string;
  second: string;
  third: string;
  fields: NameValue[];
  /** Octets, the blank line included; -1 where only the first line was recorded. */
  size: number;
}

/** Reads what is there, however wrong it is: heads are malformed on purpose. */
export function headOf({ bytes, text }: Evidence): Head {
  const raw = bytes === undefined ? text : Buffer.from(bytes, 'base64').toString('latin1');
  const end = /\r?\n\r?\n/.exec(raw);
  const size = bytes === undefined ? -1 : end ? end.index + end[0].length : raw.length;
  const [start = '', ...lines] = (end ? raw.slice(0, end.index) : raw).split(/\r?\n/);
  const [, first = '', second = '', third = ''] = /^(\S*) ?(\S*) ?(.*)$/s.exec(start) ?? [];
  const fields = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
  });
  return { first, second, third, fields, size };
}

export const valueOf = ({ fields }: Head, name: string): string | undefined =>
  fields.find((field) => field.name.toLowerCase() === name)?.value;
