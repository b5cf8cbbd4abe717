/** What checks of single illegal frames have in common. */
export const illegal = {
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-20',
  judges: 'endpoint',
} as const;

/** Of checks that send one frame each on so many connections. */
export const budgetFor = (wrongs: number) => ({ connections: wrongs + 2, atOnce: wrongs + 2 });
