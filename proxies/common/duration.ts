/** A length of time: a number of milliseconds, or `500ms`, `2s`, `1m`, `1h`. */
export type Duration = number | `${number}ms` | `${number}s` | `${number}m` | `${number}h`;

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Whole milliseconds; throws a RangeError for anything that is not a positive length of time. */
export function milliseconds(duration: Duration): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(`${duration}${unitOf(duration)}`) ?? [];
  const ms = Math.round(Number(figure) * unitMs[unit as keyof typeof unitMs]);
  if (!(ms > 0)) {
    throw new RangeError(`"${duration}" is no length of time: give milliseconds, or 500ms, 2s, 1m, 1h`);
  }
  return ms;
}

const unitOf = (duration: Duration) => (typeof duration === 'number' ? 'ms' : '');
