import { lookUp } from '../../../reports/common/look-up.js';
import { kindOf, severityOf } from '../../../reports/common/severity.js';
import { stateOf } from '../../../reports/common/state.js';
import { cut, line } from '../../../reports/common/text.js';
import type { CheckMeta, Finding, Run, Severity } from '../../model.js';
import { mark } from './marks.js';
import { type Colour, clipped, type Paint } from './paint.js';

const MOST_TEXT = 400;
const INDENT = ' '.repeat(4);
const LEAST_ROOM = 24;

const COLOURS: Readonly<Record<Severity, Colour>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

export interface FindingView {
  paint: Paint;
  columns: number;
  /** `new` or `worse` than in an earlier record. */
  change?: string | undefined;
}

const told = (text: string): string => line(cut(text, MOST_TEXT));

/** A finding in three lines: how bad it is and what it is; what was seen; what to do. */
export function threeLines(run: Run, finding: Finding, { paint, columns, change }: FindingView): string[] {
  const check = lookUp(run.checks, finding.check);
  const severity = severityOf(run, finding) ?? 'critical';
  const kind = kindOf(check);
  const id = line(Object.keys(run.places).length > 1 ? finding.id : finding.check);
  const tag = change === undefined ? '' : ` (${change})`;
  const room = columns - `? ${severity} ${kind}  : ${tag}`.length - id.length;
  const title = clipped(line(check?.title ?? ''), Math.max(0, room));
  return [
    `${mark(stateOf(finding), paint)} ${paint(COLOURS[severity], severity)} ${kind}  ${paint('bold', id)}${title && `: ${title}`}${paint('cyan', tag)}`,
    `${INDENT}${paint('dim', 'seen')}  ${seen(finding, columns - INDENT.length - 6)}`,
    `${INDENT}${paint('dim', 'do')}    ${advice(finding, check, columns - INDENT.length - 6)}`,
  ];
}

/** What was seen comes first, and what was expected as far as there is room. */
function seen({ actualText, message, expectedText }: Finding, room: number): string {
  const actual = clipped(told(actualText ?? message), Math.max(LEAST_ROOM, room));
  const left = room - actual.length;
  if (expectedText === undefined || left < LEAST_ROOM) return actual;
  return `${actual}${clipped(`; expected ${told(expectedText)}`, left)}`;
}

/** What helps, and where it is written; the references stay whole where there is room for both. */
function advice(finding: Finding, check: CheckMeta | undefined, room: number): string {
  const refs = [check?.cwe, ...(check?.refs ?? []).filter((ref) => !/^https?:/i.test(ref))]
    .flatMap((ref) => (ref ? [line(ref)] : []))
    .slice(0, 3)
    .join(', ');
  const help = remedyOf(finding, check);
  if (help === undefined)
    return clipped(refs ? `see ${refs}` : `wsgauntlet explain ${line(finding.check)}`, room);
  const tail = refs && ` (${refs})`;
  if (room - tail.length < LEAST_ROOM) return clipped(help, Math.max(LEAST_ROOM, room));
  return `${clipped(help, room - tail.length)}${tail}`;
}

function remedyOf({ remedy }: Finding, check: CheckMeta | undefined): string | undefined {
  if (remedy) return told(`${remedy.hop}: ${remedy.title}`);
  if (check?.remedy) return told(check.remedy);
  const [fix] = Object.entries(check?.fixes ?? {});
  return fix && told(`${fix[0]}: ${fix[1].split('\n')[0]!}`);
}
