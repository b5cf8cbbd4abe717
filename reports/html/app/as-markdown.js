import { checks, run, scenarios, states } from './data.js';
import { visible } from './dom.js';

/** @typedef {import('./data.js').Finding} Finding */

/** A finding as Markdown, to be put before a colleague or into a tracker. What peers and files said stands in blocks
 * of code, so that none of it is obeyed.
 * @param {Finding} told */
export function asMarkdown(told) {
  const claim = checks.get(told.check);
  const hops = scenarios.get(told.scenario)?.hops ?? [];
  const path = hops.map(({ role, name, version }) =>
    [role === 'client' ? 'client' : name, version].filter(Boolean).join(' '),
  );
  const severity = told.severity ? `severity ${told.severity}${claim?.kind ? `, ${claim.kind}` : ''}` : '';
  const said = [
    `finding   ${told.id}`,
    `claim     ${claim?.title ?? told.check}`,
    `expected  ${told.expectedText ?? claim?.requirement ?? told.expected}`,
    `actual    ${told.actualText ?? told.message}`,
    told.blame !== undefined && `blame     ${told.did ?? told.blame}`,
    `path      ${path.join(' → ')}`,
    told.accepted && `accepted  until ${told.accepted.until}: ${told.because ?? ''}`,
    `run       ${run.tool.name} ${run.tool.version}, ${run.startedAt}`,
  ];
  const word = states.get(told.state)?.word ?? told.outcome;
  return [
    `**${word}**${severity && ` (${severity})`}`,
    fencedText(said.filter((each) => typeof each === 'string')),
    ...(told.remedy
      ? [
          'Remedy:',
          fencedText([`${told.remedy.hop}: ${told.remedy.title}`]),
          ...told.remedy.parts.map(remedyPart),
        ]
      : []),
    ...Object.entries(claim?.fixes ?? {}).map(([product, lines]) =>
      fencedText([`# ${product}`, ...lines.split('\n')]),
    ),
    '',
  ].join('\n\n');
}

/** @param {NonNullable<Finding['remedy']>['parts'][number]} part */
const remedyPart = ({ where, lines }) => fencedText(where === undefined ? lines : [`# ${where}`, ...lines]);

/** Fenced by more backticks than there are in it.
 * @param {readonly string[]} lines */
function fencedText(lines) {
  const text = lines.map(visible).join('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
