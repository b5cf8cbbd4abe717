import { proofWord } from '../../../reports/common/remedy.js';
import { count } from '../../../reports/common/summary.js';
import { line } from '../../../reports/common/text.js';
import type { Finding, Run } from '../../model.js';
import type { View } from './summary.js';
import { wrapped } from './wrap.js';

/** What came of trying remedies: what held a line for each remedy, what did not with how that was seen. */
export function proofs(run: Run, { paint, columns }: View): string[] {
  const tried = run.findings.filter(({ proved }) => proved);
  if (tried.length === 0) return [];
  const groups = new Map<string, Finding[]>();
  for (const finding of tried) {
    const { remedy, proved, scenario } = finding;
    const key = JSON.stringify([
      scenario,
      remedy?.hop,
      remedy?.title,
      proved?.held,
      proved?.held ? '' : proved?.text,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const number = (word: string) => tried.filter(({ proved }) => proved && proofWord(proved) === word).length;
  const totals = (['held', 'did not hold', 'not tried'] as const)
    .flatMap((word) => (number(word) > 0 ? [`${number(word)} ${word}`] : []))
    .join(', ');
  return [
    paint('bold', `Remedies tried for ${count(tried.length, 'finding')}: ${totals}`),
    ...[...groups.values()].map((found) => `    ${wrapped(entry(found, paint), columns - 4, ' '.repeat(6))}`),
  ];
}

function entry(found: readonly Finding[], paint: View['paint']): string {
  const { scenario, remedy, proved } = found[0]!;
  const glyph = proved?.held ? paint('green', '✓') : proved?.held === false ? paint('red', '✗') : '–';
  const what = `${line(scenario)}: ${line(remedy?.hop ?? '')}, ${line(remedy?.title ?? '')}`;
  const checks = found.map(({ check }) => line(check)).join(', ');
  return proved?.held
    ? `${glyph} ${what} (${checks})`
    : `${glyph} ${what}: ${line(proved?.text ?? '')}${proved?.held === undefined ? ` (${checks})` : ''}`;
}
