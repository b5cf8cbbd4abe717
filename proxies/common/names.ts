import type { Finding } from '../../harness/model.js';

/** The names of headers that a finding lists, those alone that are names: they go into configurations. */
export function namesIn({ measured }: Finding, key: 'stripped' | 'added' | 'rewritten'): string[] {
  const list = measured?.[key];
  if (typeof list !== 'string') return [];
  return list.split(/,\s*/).filter((name) => /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(name));
}
