import { load, units } from '../catalogue.js';
import type { Runtime } from '../model.js';
import { orList } from './nearest.js';
import { Misuse } from './trouble.js';

/** What runtimes can be told; each takes what concerns it. */
export interface RuntimeSettings {
  binaries: Readonly<Record<string, string>>;
  images: Readonly<Record<string, string>>;
  /** Something that takes long has come on: a sentence. */
  onProgress?: (text: string) => void;
}

/** All runtimes. A file beside them that makes none has no default export. */
export async function loadRuntimes(settings: RuntimeSettings): Promise<Runtime[]> {
  const made = await Promise.all(
    units('harness/runtimes').map(async (entry) =>
      (await load<((settings: RuntimeSettings) => Runtime) | undefined>(entry))?.(settings),
    ),
  );
  return made.filter((runtime) => runtime !== undefined);
}

/** @throws {Misuse} when it is neither `auto` nor one of them. */
export function checkPolicy(policy: string, runtimes: readonly Runtime[]): void {
  const names = ['auto', ...runtimes.map(({ name }) => name)];
  if (!names.includes(policy)) {
    throw new Misuse(`--runtime must be ${orList(names)}, and is "${policy}"`);
  }
}
