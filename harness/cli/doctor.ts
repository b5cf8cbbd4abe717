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
  /** As `list` and `--via` call it. */
  program: string;
  runtime: string;
  carries: boolean;
  /** It is not for such programs: there is nothing that could be brought. */
  never?: boolean;
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
  const why = reasons(found, paint);
  const blocks = [
    matrix(found, paint),
    ...(why.length > 0 ? [why] : []),
    ...(command ? [[advice(found, command, paint)]] : []),
  ];
  io.stdout.write(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  return 0;
}

function advice(found: readonly Diagnosis[], command: string, paint: Paint): string {
  const what =
    uncarried(found).size > 0
      ? 'To bring what is missing'
      : 'All have a runtime here. To bring the other runtimes too';
  return `${what}: ${paint('bold', command)}`;
}

function matrix(found: readonly Diagnosis[], paint: Paint): string[] {
  const runtimes = [...new Set(found.map(({ runtime }) => runtime))];
  const rows = [...new Set(found.map(({ program }) => program))].map((program) => [
    program,
    ...found.filter((one) => one.program === program).map((one) => cell(one, paint)),
  ]);
  return columns([['', ...runtimes].map((name) => paint('bold', name)), ...rows]);
}

function cell({ carries, never, version, absent, refusals }: Diagnosis, paint: Paint): string {
  if (!carries) return paint('dim', never ? '–' : 'no');
  const how = refusals.length > 0 ? 'in part' : absent ? 'once pulled' : 'yes';
  return paint('green', version ? `${how}, ${version}` : how);
}

/** One sentence often holds for many programs. */
function reasons(found: readonly Diagnosis[], paint: Paint): string[] {
  const said = new Map<string, string[]>();
  for (const { program, runtime, refusals } of found.filter(({ never }) => !never)) {
    for (const refusal of refusals) {
      const key = `${paint('bold', runtime)}: ${refusal}`;
      said.set(key, [...(said.get(key) ?? []), program]);
    }
  }
  return [...said]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([why, names]) => `${why} ${paint('dim', `(${names.join(', ')})`)}`);
}

/** The ways in which our intermediaries and scenarios use each program, by the id that `list` shows. */
async function programs(): Promise<Map<string, Program[]>> {
  const ours = await intermediaries();
  const idOf = new Map(ours.map(({ id, unit }) => [unit.name, id]));
  const used = (await scenarios()).flatMap(({ unit }) => unit.via);
  const byId = new Map<string, Program[]>();
  for (const program of [...ours.map(({ unit }) => unit), ...used]) {
    const id = idOf.get(program.name) ?? program.name;
    const ways = byId.get(id) ?? [];
    if (!ways.some((way) => way.needs?.otherwise === program.needs?.otherwise)) ways.push(program);
    byId.set(id, ways);
  }
  return byId;
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
      const form = runtime.name === 'in-process' ? 'embed' : 'argv';
      return {
        program,
        runtime: runtime.name,
        carries: willing !== undefined,
        ...(ways.every((way) => !way[form]) && { never: true }),
        ...(absent && { absent }),
        ...(version && { version }),
        refusals,
      };
    }),
  );
}

/** Those that no runtime carries. */
function uncarried(found: readonly Diagnosis[]): Set<string> {
  const carried = new Set(found.filter(({ carries }) => carries).map(({ program }) => program));
  return new Set(found.map(({ program }) => program).filter((program) => !carried.has(program)));
}

/** The one command that brings what no runtime carries; where all are carried, the one that brings the other runtimes. */
export function remedy(found: readonly Diagnosis[]): string | undefined {
  const missing = uncarried(found);
  const refusals = found
    .filter(({ program }) => missing.size === 0 || missing.has(program))
    .flatMap((one) => one.refusals);
  const asked = (pattern: RegExp) => refusals.flatMap((refusal) => pattern.exec(refusal)?.[1] ?? []);
  const packages = asked(/install it with: \S+ install ([^,;]+)/).flatMap((names) => names.split(' '));
  const [installer] = asked(/install it with: (\S+ install) /);
  const installs = installer ? [[installer, ...new Set(packages)].join(' ')] : [];
  const starts = new Set(asked(/(?:^|; )start it with: ([^,;]+)/));
  return [...installs, ...starts].map(asRoot).join(' && ') || undefined;
}

const asRoot = (command: string): string =>
  command.startsWith('brew') || process.getuid?.() === 0 ? command : `sudo ${command}`;
