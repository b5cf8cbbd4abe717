import type { CheckMeta, Run } from '../../harness/model.js';
import { lookUp } from '../common/look-up.js';
import { code, fenced, prose } from '../common/markdown.js';
import { addressOf } from '../common/reference.js';
import { kindOf } from '../common/severity.js';
import { topicOf } from '../common/summary.js';
import { cut, visible } from '../common/text.js';
import { levelOf, scoreOf } from './grade.js';

const MOST_LINES = 40;

/** At most so many characters, with nothing unseen in them; SARIF wants texts that are not empty. */
export const text = (words: string, most = 4000): string => visible(cut(words, most)) || '(no words)';

/** A check, as SARIF §3.49 has rules. */
export function ruleOf(run: Run, id: string) {
  const check = lookUp(run.checks, id);
  if (!check) return { id: text(id) };
  const link = check.refs.map(addressOf).find((address) => address !== undefined);
  return {
    id: text(id),
    shortDescription: { text: text(check.title) },
    fullDescription: { text: text(check.requirement) },
    help: { text: text(help(check)), markdown: text(helpMarkdown(check), 16_000) },
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { level: levelOf(check.severity) },
    properties: {
      tags: [
        ...new Set(['security', 'websocket', text(topicOf(id)), ...(check.kind ? [kindOf(check)] : [])]),
        ...(check.cwe ? [`external/cwe/${text(check.cwe).toLowerCase()}`] : []),
      ],
      'security-severity': scoreOf(check.severity),
    },
  };
}

function help({ requirement, why, remedy, fixes = {}, refs }: CheckMeta): string {
  return [
    requirement,
    why,
    remedy && `Remedy: ${remedy}`,
    ...Object.entries(fixes).map(([product, lines]) => `${product}:\n${lines}`),
    refs.length > 0 && `See ${refs.join(', ')}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function helpMarkdown({ requirement, why, remedy, fixes = {}, refs, cwe }: CheckMeta): string {
  const links = [...(cwe ? [cwe] : []), ...refs].map((ref) => {
    const address = addressOf(ref);
    return address === undefined
      ? prose(ref)
      : `[${prose(ref)}](${address.replace(/[()]/g, encodeURIComponent)})`;
  });
  return [
    `> ${prose(requirement)}`,
    why && prose(why),
    remedy && `**Remedy:** ${prose(remedy)}`,
    ...Object.entries(fixes).map(([product, lines]) => {
      const shown = visible(lines).split('\n').slice(0, MOST_LINES);
      return `With ${code(product)}:\n\n${fenced(shown, '')}`;
    }),
    links.length > 0 && `See ${links.join(', ')}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
