import { type Choose, Refusal } from './lab.js';
import type { Program, Runtime } from './model.js';

/** What runtimes say of a program depends on these alone. */
const kindOf = (program: Program): string =>
  JSON.stringify([
    program.name,
    program.image ?? '',
    program.entrypoint ?? '',
    program.argv !== undefined,
    program.embed !== undefined,
    program.needs?.pattern.source ?? '',
  ]);

/**
 * Which runtimes carry a program, the one to try first at the front. `auto` goes docker, process, in-process where an
 * image is already here, else process, docker, in-process; any other policy is the name of the one runtime to use,
 * beside which only what does nothing but embed itself goes in-process. Each kind of program is asked after once.
 */
export function chooser(runtimes: readonly Runtime[], policy: string): Choose {
  const known = new Map<string, ReturnType<Choose>>();
  return (program) => {
    const kind = kindOf(program);
    const found = known.get(kind) ?? carriersOf(program, runtimes, policy);
    known.set(kind, found);
    return found;
  };
}

async function carriersOf(
  program: Program,
  runtimes: readonly Runtime[],
  policy: string,
): Promise<readonly Runtime[]> {
  const ordered = await order(program, runtimes, policy);
  const refusals = await Promise.all(ordered.map((runtime) => runtime.refuses(program)));
  const willing = ordered.filter((_, i) => refusals[i] === undefined);
  if (willing.length > 0) return willing;
  const said = ordered.map((runtime, i) => `${runtime.name}: ${refusals[i]}`);
  throw new Refusal(`nothing here carries ${program.name}: ${said.join('; ')}`);
}

async function order(
  program: Program,
  runtimes: readonly Runtime[],
  policy: string,
): Promise<readonly Runtime[]> {
  const onlyEmbeds = program.embed !== undefined && !program.argv && !program.image;
  if (onlyEmbeds) return named(runtimes, ['in-process']);
  if (policy !== 'auto') return named(runtimes, [policy]);
  const [docker] = named(runtimes, ['docker']);
  const first = (await docker?.present?.(program)) ? ['docker', 'process'] : ['process', 'docker'];
  const rest = runtimes.map(({ name }) => name).filter((name) => ![...first, 'in-process'].includes(name));
  return named(runtimes, [...first, ...rest, 'in-process']);
}

const named = (runtimes: readonly Runtime[], names: readonly string[]): Runtime[] =>
  names.flatMap((name) => runtimes.filter((runtime) => runtime.name === name));
