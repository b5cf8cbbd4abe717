/** Something in the file that may be what is meant: an address that it listens at, a target that it forwards to. */
export interface Candidate {
  /** As the user wrote it. */
  what: string;
  /** `nginx.conf:12` */
  where: string;
  /** Other ways to name it on the command line. */
  labels: readonly string[];
}

/** The file cannot be used as it stands, or it does not say enough: one sentence that says what to do. */
export class UserFileError extends Error {
  override name = 'UserFileError';
}

/**
 * The one that is meant: the only one, or the only one that goes by `given`. Throws a UserFileError that lists them
 * where that is none or several.
 */
export function choose<C extends Candidate>(
  candidates: readonly C[],
  asked: { file: string; flag: '--listen' | '--upstream'; given: string | undefined; nothing: string },
): C {
  const { file, flag, given, nothing } = asked;
  if (candidates.length === 0) throw new UserFileError(`${file}: ${nothing}`);
  const fitting = given === undefined ? candidates : candidates.filter((each) => goesBy(each, given));
  if (fitting.length === 1) return fitting[0]!;
  const does = flag === '--listen' ? 'listens at' : 'forwards to';
  const list = (fitting.length > 0 ? fitting : candidates)
    .map(({ what, where }) => `${what} (${where})`)
    .join(', ');
  if (fitting.length > 0) {
    throw new UserFileError(`${file} ${does} several: ${list}; say which one with ${flag}`);
  }
  throw new UserFileError(`${file} ${does} ${list}, not ${given}; say which one with ${flag}`);
}

/** By what was written, by its line (`nginx.conf:12`, `:12`), or by another of its names. */
function goesBy({ what, where, labels }: Candidate, given: string): boolean {
  return (
    given === what ||
    given === where ||
    where.endsWith(given.startsWith(':') ? given : `/${given}`) ||
    labels.includes(given)
  );
}
