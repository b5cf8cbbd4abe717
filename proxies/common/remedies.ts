import { readdir } from 'node:fs/promises';
import type { Finding, Intermediary, Offer, RemedyPart } from '../../harness/model.js';

/** One thing to change at a product. One file in the product's folder `remedies`, which is read. */
export interface RemedyUnit<Options> {
  /** What it does, in a few words: `forward Upgrade and Connection over HTTP/1.1`. */
  title: string;
  /** What the lines are written in, where that is not the product's own language. */
  language?: string;
  /** Ids of the checks that it is for, or their beginnings. */
  checks: readonly string[];
  /** Whether it is for such a finding; true when absent. */
  when?(finding: Finding): boolean;
  /** The lines, with figures drawn from the finding and the options; without them, as they usually are. */
  parts(finding?: Finding, options?: Options): readonly RemedyPart[];
  note?(finding?: Finding): string | undefined;
  /** The options with it applied; undefined where it is applied already, or means nothing with these. */
  apply(options: Options, finding: Finding): Options | undefined;
}

const known = new Map<string, Promise<readonly RemedyUnit<never>[]>>();

/** The remedies in that folder, by the names of their files. */
export function remediesIn<Options>(folder: URL): Promise<readonly RemedyUnit<Options>[]> {
  const found = known.get(folder.href) ?? load(folder);
  known.set(folder.href, found);
  return found as Promise<readonly RemedyUnit<Options>[]>;
}

async function load(folder: URL): Promise<readonly RemedyUnit<never>[]> {
  // Neither tests nor declarations nor source maps: those have a second dot.
  const files = (await readdir(folder)).filter((file) => /^[a-z0-9-]+\.[jt]s$/.test(file)).sort();
  return Promise.all(
    files.map(
      async (file) => ((await import(new URL(file, folder).href)) as { default: RemedyUnit<never> }).default,
    ),
  );
}

/** What the remedies of a folder come to for a finding at a hop with these options. */
export async function offersOf<Options>(
  folder: URL,
  language: string,
  finding: Finding,
  options: Options,
  make?: (options: Options) => Intermediary,
): Promise<Offer[]> {
  const units = await remediesIn<Options>(folder);
  return units.flatMap((unit): Offer[] => {
    if (!isFor(unit, finding.check) || unit.when?.(finding) === false) return [];
    const changed = unit.apply(options, finding);
    if (changed === undefined) return [];
    return [{ ...told(unit, language, finding, options), ...(make && { applied: make(changed) }) }];
  });
}

/** A remedy in words, for a finding or in general. */
export function told<Options>(
  unit: RemedyUnit<Options>,
  language: string,
  finding?: Finding,
  options?: Options,
): Offer {
  const note = unit.note?.(finding);
  return {
    title: unit.title,
    language: unit.language ?? language,
    parts: unit.parts(finding, options),
    ...(note !== undefined && { note }),
  };
}

/** By id or by beginning, at a word's border. */
export const isFor = ({ checks }: Pick<RemedyUnit<never>, 'checks'>, check: string): boolean =>
  checks.some((one) => check === one || (check.startsWith(one) && /^[/-]/.test(check.slice(one.length))));
