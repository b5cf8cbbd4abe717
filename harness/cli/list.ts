import { select } from '../catalogue.js';
import type { Io } from './io.js';
import { columns } from './output/columns.js';
import { clipped, paintFor } from './output/paint.js';
import { checks, intermediaries, reporters, scenarios } from './plan/catalogues.js';
import { meant } from './plan/find.js';
import { Misuse } from './trouble.js';

/** What is listed of a unit; `cells` are what a table shows after the id. */
interface Listed {
  id: string;
  cells: readonly string[];
  json: Readonly<Record<string, unknown>>;
}

const KINDS = ['scenarios', 'checks', 'intermediaries', 'reporters'] as const;
type Kind = (typeof KINDS)[number];

/** The command `list`. */
export async function listCommand(selectors: readonly string[], json: boolean, io: Io): Promise<number> {
  const found = pick(await everything(), selectors);
  if (json) {
    const all = KINDS.map((kind) => [kind, found[kind].map(({ id, json: more }) => ({ id, ...more }))]);
    io.stdout.write(`${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
    return 0;
  }
  const paint = paintFor(io.stdout, io.env, undefined);
  for (const kind of KINDS) {
    if (found[kind].length === 0) continue;
    const lines = columns(found[kind].map(({ id, cells }) => [`  ${id}`, ...cells]));
    const room = io.stdout.columns ?? Number.POSITIVE_INFINITY;
    io.stdout.write(`${paint('bold', `${kind} (${found[kind].length})`)}\n`);
    io.stdout.write(`${lines.map((line) => clipped(line, room)).join('\n')}\n\n`);
  }
  return 0;
}

async function everything(): Promise<Record<Kind, readonly Listed[]>> {
  const [theScenarios, theChecks, hops, reports] = await Promise.all([
    scenarios(),
    checks(),
    intermediaries(),
    reporters(),
  ]);
  return {
    scenarios: theScenarios.map(({ id, unit: { title, via, checks: tried } }) => {
      const path = ['client', ...via.map(({ name }) => name), 'origin'];
      const selectors = tried.map((one) => (typeof one === 'string' ? one : one.id));
      return { id, cells: [path.join(' → '), title], json: { title, path, checks: selectors } };
    }),
    checks: theChecks.map(({ id, unit: { title, severity, reach = 'safe' } }) => ({
      id,
      cells: [severity, title],
      json: { title, severity, reach },
    })),
    intermediaries: hops.map(({ id, unit: { name, role, title = name, image, standIn = false } }) => ({
      id,
      cells: [role, title],
      json: { name, role, title, ...(image && { image }), standIn },
    })),
    reporters: reports.map(({ id, unit: { title, file } }) => ({
      id,
      cells: [file, title],
      json: { title, file },
    })),
  };
}

/** @throws {Misuse} for a selector that takes nothing. */
function pick(
  all: Readonly<Record<Kind, readonly Listed[]>>,
  selectors: readonly string[],
): Record<Kind, readonly Listed[]> {
  if (selectors.length === 0) return all;
  const found: Record<Kind, readonly Listed[]> = {
    scenarios: [],
    checks: [],
    intermediaries: [],
    reporters: [],
  };
  for (const selector of selectors) {
    const taken = KINDS.map(
      (kind) => [kind, selector === kind ? all[kind] : select(all[kind], selector)] as const,
    );
    if (taken.every(([, units]) => units.length === 0)) {
      const ids = KINDS.flatMap((kind) => [kind, ...all[kind].map(({ id }) => id)]);
      throw new Misuse(`nothing is called "${selector}" or begins with it${meant(selector, ids)}`);
    }
    for (const [kind, units] of taken) found[kind] = [...new Set([...found[kind], ...units])];
  }
  return found;
}
