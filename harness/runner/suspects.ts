const MOST_NAMED = 4;

/** `the server does not answer any more since a, b and c were tried`; many are named in part. */
export function goneSince(suspects: readonly string[]): string {
  const names = [...new Set(suspects)];
  const more = names.length - MOST_NAMED;
  const shown = more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more`] : names;
  const which = shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join();
  return `the server does not answer any more since ${which} ${names.length > 1 ? 'were' : 'was'} tried`;
}
