import { Refusal } from '../lab.js';
import type { Program, Runtime } from '../model.js';
import { findBinary, missing } from './process/binary.js';
import { PortTaken } from './process/ports.js';
import { startOnce } from './process/start.js';
import { sweepFolders } from './process/sweep.js';
import { versionText } from './process/version.js';
import { sample } from './site.js';
import { versionIn } from './version.js';

const TRIES = 6;

export interface ProcessSettings {
  /** Paths of binaries by the program's name, for those that are not on PATH. */
  binaries?: Readonly<Record<string, string>>;
}

/**
 * Programs of this machine, each in its own folder and process group, on the address that it is told to bind.
 * A program must stay in the foreground. Its folder goes with the lab.
 */
export default function processes(settings: ProcessSettings = {}): Runtime {
  let swept: Promise<void> | undefined;

  const set = (program: Program) => settings.binaries?.[program.name];
  const binaryOf = (program: Program) => findBinary(set(program) ?? commandOf(program));
  const version = async (program: Program) => {
    const binary = program.version && (await binaryOf(program));
    return binary ? versionText(binary, program.version!.slice(1)) : '';
  };

  async function refuses(program: Program): Promise<string | undefined> {
    if (!program.argv) return `${program.name} has no command line to start as a process`;
    if (!(await binaryOf(program))) {
      const path = set(program);
      return path
        ? `the binary set for ${program.name}, ${path}, is no executable file`
        : missing(commandOf(program));
    }
    if (program.needs && !program.needs.pattern.test(await version(program))) return program.needs.otherwise;
    return undefined;
  }

  return {
    name: 'process',
    refuses,
    present: async (program) => program.argv !== undefined && (await binaryOf(program)) !== undefined,
    versionOf: async (program) => versionIn(await version(program)),
    async start(program, around, lab) {
      const refusal = await refuses(program);
      if (refusal) throw new Refusal(refusal);
      swept ??= sweepFolders();
      await swept;
      const binary = (await binaryOf(program))!;
      for (let tried = 1; ; tried++) {
        try {
          const service = await startOnce(binary, program, around, lab);
          const shown = versionIn(await version(program));
          return shown === undefined ? service : { ...service, version: shown };
        } catch (fault) {
          if (!(fault instanceof PortTaken) || tried === TRIES) throw fault;
        }
      }
    },
  };
}

function commandOf(program: Program): string {
  return program.argv?.(sample)[0] ?? program.name;
}
