import type { HttpAnswer } from '../../harness/model.js';

/** The origin of a page that nobody has let in. */
export const FOREIGN = 'https://foreign.invalid';

/** Whether browsers let a page of that origin read the answer, by the CORS protocol. */
export function sharedWith(
  { headers }: HttpAnswer,
  origin: string,
): 'with credentials' | 'without credentials' | undefined {
  const value = (name: string) => headers.find(([one]) => one.toLowerCase() === name)?.[1].trim();
  const allowed = value('access-control-allow-origin');
  if (allowed !== origin && allowed !== '*') return undefined;
  const credentials = allowed === origin && value('access-control-allow-credentials') === 'true';
  return credentials ? 'with credentials' : 'without credentials';
}
