import type { Program, Runtime } from '../model.js';
import type { Flags } from './command.js';
import type { Io } from './io.js';
import { columns } from './output/columns.js';
import { type Paint, paintFor } from './output/paint.js';
import { intermediaries, scenarios } from './plan/catalogues.js';
import { loadRuntimes } from './runtimes.js';
import { configFile } from './settings/file.js';
import { merge } from './settings/merge.js';

/** What a runtime says of a program in all the ways in which it is used. */
export interface Diagnosis {
  program: string;
  runtime: string;
  carries: boolean;
  version?: string;
  /** It would be fetched first. */
  absent?: boolean;
  /** Why not at all, or why not in every way. */
  refusals: readonly string[];
}

/** The command `doctor`. */
export async function doctorCommand(flags: Flags, io: Io): Promise<number> {
  const { config, json, ...given } = flags;
  const settings = merge(given, io.env, await configFile(io.cwd, config as string | undefined));
  const runtimes = await loadRuntimes({ binaries: settings.binary, images: settings.image });
  const found = await diagnose(await programs(), runtimes);
  const command = remedy(found);
  if (json) {
    io.stdout.write(`${JSON.stringify({ programs: found, ...(command && { remedy: command }) }, null, 2)}\n`);
    return 0;
  }
  const paint = paintFor(io.stdout, io.env, undefined);
  io.stdout.write(`${[...matrix(found, paint), '', ...reasons(found, paint)].join('\n')}\n`);
  if (command) io.stdout.write(`\nTo bring what is missing: ${paint('bold', command)}\n`);
  return 0;
}

function matrix(found: readonly Diagnosis[], paint: Paint): string[] {
  const runtimes = [...new Set(found.map(({ runtime }) => runtime))];
  const rows = [...new Set(found.map(({ program }) => program))].map((program) => [
    program,
    ...found.filter((one) => one.program === program).map((one) => cell(one, paint)),
  ]);
  return columns([['', ...runtimes].map((name) => paint('bold', name)), ...rows]);
}

function cell({ carries, version, absent, refusals }: Diagnosis, paint: Paint): string {
  if (!carries) return paint('dim', 'no');
  const how = refusals.length > 0 ? 'in part' : absent ? 'once pulled' : 'yes';
  return paint('green', version ? `${how}, ${version}` : how);
}

/** One sentence often holds for many programs. */
function reasons(found: readonly Diagnosis[], paint: Paint): string[] {
  const said = new Map<string, string[]>();
  for (const { program, runtime, refusals } of found) {
    for (const refusal of refusals) {
      const key = `${paint('bold', runtime)}: ${refusal}`;
      said.set(key, [...(said.get(key) ?? []), program]);
    }
  }
  return [...said]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([why, names]) => `${why} ${paint('dim', `(${names.join(', ')})`)}`);
}

/** The ways in which our intermediaries and scenarios use each program, by its name. */
async function programs(): Promise<Map<string, Program[]>> {
  const ours = [
    ...(await intermediaries()),
    ...(await scenarios()).flatMap(({ unit }) => unit.via.map((via) => ({ unit: via }))),
  ];
  const byName = new Map<string, Program[]>();
  for (const { unit } of ours) {
    const ways = byName.get(unit.name) ?? [];
    if (!ways.some((way) => way.needs?.otherwise === unit.needs?.otherwise)) ways.push(unit);
    byName.set(unit.name, ways);
  }
  return byName;
}

async function diagnose(
  all: ReadonlyMap<string, readonly Program[]>,
  runtimes: readonly Runtime[],
): Promise<Diagnosis[]> {
  const pairs = [...all].flatMap(([program, ways]) =>
    runtimes.map((runtime) => ({ program, ways, runtime })),
  );
  return Promise.all(
    pairs.map(async ({ program, ways, runtime }): Promise<Diagnosis> => {
      const said = await Promise.all(ways.map((way) => runtime.refuses(way)));
      const refusals = [...new Set(said.filter((refusal) => refusal !== undefined))];
      const willing = ways.find((_, i) => said[i] === undefined);
      const absent = willing && (await runtime.present?.(willing)) === false;
      const version = willing && (await runtime.versionOf?.(willing).catch(() => undefined));
      return {
        program,
        runtime: runtime.name,
        carries: willing !== undefined,
        ...(absent && { absent }),
        ...(version && { version }),
        refusals,
      };
    }),
  );
}

/** The one command that installs all that the refusals ask for, of what no other runtime carries. */
export function remedy(found: readonly Diagnosis[]): string | undefined {
  const carried = new Set(found.filter(({ carries }) => carries).map(({ program }) => program));
  const asked = found
    .filter(({ program }) => !carried.has(program))
    .flatMap(({ refusals }) => refusals)
    .flatMap((refusal) => /install it with: (\S+ install) ([^,;]+)/.exec(refusal)?.slice(1) ?? []);
  const [command] = asked;
  return (
    command &&
    [command, ...new Set(asked.filter((_, i) => i % 2 === 1).flatMap((one) => one.split(' ')))].join(' ')
  );
}
