/** Usage, configuration or a file of the user's is wrong: one sentence that says what, where, and what to do. Exit code 2. */
export class Misuse extends Error {
  override name = 'Misuse';
}

/** The surroundings do not let us tell: one sentence. Exit code 3. */
export class Trouble extends Error {
  override name = 'Trouble';
}

/** What happened, as one piece of text, whatever was thrown. */
export function sentenceOf(fault: unknown): string {
  return fault instanceof Error ? fault.message || fault.name : String(fault);
}

/** The sentence, and where it came from for those who set WSGAUNTLET_DEBUG. */
export function withStack(fault: unknown, env: Readonly<Record<string, string | undefined>>): string {
  const stack = env.WSGAUNTLET_DEBUG && fault instanceof Error ? fault.stack : undefined;
  return stack === undefined ? sentenceOf(fault) : `${sentenceOf(fault)}\n${stack}`;
}
