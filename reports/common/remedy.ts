import type { Finding, Remedy, RemedyPart } from '../../harness/model.js';
import { cut, line, visible } from './text.js';

/** Lines that nothing of ours bounds. */
const MOST_LINES = 60;

/** The lines of a part as they are to be copied, made inert. */
export function linesOf({ lines }: RemedyPart): string[] {
  return lines.slice(0, MOST_LINES).map((text) => visible(cut(text, 400)).replace(/\s*\n\s*/g, ' '));
}

/** `nginx: forward Upgrade`, and below it where the lines go, and the lines. */
export function told({ hop, title, parts, note }: Remedy): string[] {
  return [
    `${line(hop)}: ${line(title)}`,
    ...parts.flatMap((part) => {
      const lines = linesOf(part);
      return part.where === undefined
        ? lines.map((text) => `  ${text}`)
        : [`  ${line(part.where)}:`, ...lines.map((text) => `    ${text}`)];
    }),
    ...(note === undefined ? [] : [`  (${line(note)})`]),
  ];
}

/** What came of trying the remedy, in a word. */
export function proofWord({ held }: NonNullable<Finding['proved']>): 'held' | 'did not hold' | 'not tried' {
  if (held === undefined) return 'not tried';
  return held ? 'held' : 'did not hold';
}
