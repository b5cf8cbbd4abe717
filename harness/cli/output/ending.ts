import { join } from 'node:path';
import { count, verdict } from '../../../reports/common/summary.js';
import type { Run } from '../../model.js';
import type { Outcome } from '../exit.js';
import type { Loudness } from './lines.js';
import { matrix } from './matrix.js';
import type { Paint } from './paint.js';
import { proofs } from './proofs.js';
import { asides, failures } from './summary.js';

export interface Told extends Loudness {
  columns: number;
  outcome: Outcome;
  /** The folder of the record. */
  out: string;
  /** Where the reports went, the page first. */
  written: readonly string[];
}

/** All that is printed once a run is over. */
export function ending(run: Run, paint: Paint, told: Told): string[] {
  const { quiet, verbose, columns, outcome, written } = told;
  const view = { paint, columns, all: verbose };
  const wrong = failures(run, view);
  const block = (lines: readonly string[]) => (lines.length > 0 ? [...lines, ''] : []);
  const page = written.find((file) => file.endsWith('index.html')) ?? written[0];
  const others = written.filter((file) => file !== page && !file.endsWith('run.json'));
  return [
    '',
    ...(quiet ? [] : block(matrix(run, paint, columns))),
    ...wrong,
    ...(quiet ? [] : block(asides(run, view))),
    ...(quiet ? [] : block(proofs(run, view))),
    `${paint(outcome.code === 0 ? 'green' : outcome.code === 1 ? 'red' : 'magenta', verdict(run))} ${elapsed(run.durationMs)}`,
    ...since(run),
    ...(page === undefined ? [] : [`Report: ${paint('bold', page)}`]),
    ...captured(run, told),
    ...(others.length > 0 && !quiet ? [`${count(others.length, 'other report')}: ${others.join(', ')}`] : []),
  ];
}

/** Where the captures are, and what reading them means. */
function captured({ places }: Run, { out, quiet }: Told): string[] {
  const files = Object.values(places).flatMap(({ capture }) => capture ?? []);
  if (files.length === 0 || quiet) return [];
  const where = files.length === 1 ? join(out, files[0]!) : `${files.length} in ${join(out, 'captures')}`;
  return [`Captures: ${where}; they hold all that crossed, credentials and the keys of TLS included`];
}

/** What changed since the record of `--baseline`. */
export function since({ comparison }: Run): string[] {
  if (!comparison) return [];
  const parts = (['new', 'worse', 'fixed', 'still', 'gone', 'slower'] as const).flatMap((kind) => {
    const ids = comparison[kind] ?? [];
    return ids.length === 0 ? [] : [`${ids.length} ${kind}`];
  });
  const tried = comparison.skippedBefore?.length ?? 0;
  if (tried > 0) parts.push(`${tried} skipped before`);
  return [`Since ${comparison.startedAt}: ${parts.join(', ') || 'nothing changed'}`];
}

export function elapsed(ms: number): string {
  return ms < 60_000
    ? `(${(ms / 1000).toFixed(1)} s)`
    : `(${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s)`;
}
