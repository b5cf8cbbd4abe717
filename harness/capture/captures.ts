import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Capture, pcapngBlocks } from './pcapng.js';
import { Recording } from './recording.js';

/** What is recorded of one scenario, on its way into a file. */
export interface ScenarioCapture extends Pick<Recording, 'keyLog' | 'take'> {
  /**
   * Writes it whole or not at all, and gives the path from the record's folder. Undefined where nothing was recorded,
   * and once one could not be written.
   * @throws an Error whose message is one sentence, once in a run
   */
  write(): Promise<string | undefined>;
}

/** Octets that are gathered for one write. */
const AT_ONCE = 1024 * 1024;

/** Below the folder of the record. */
const FOLDER = 'captures';

/** The captures of a run: one file a scenario, which nobody but its owner may read. */
export class Captures {
  readonly #names = new Set<string>();
  #failed = false;

  /** @param out the folder of the record */
  constructor(private readonly out: string) {}

  readonly of = (scenario: string): ScenarioCapture => {
    const recording = new Recording(scenario);
    return {
      keyLog: (lines) => recording.keyLog(lines),
      take: (...over) => recording.take(...over),
      write: () => this.#write(scenario, recording),
    };
  };

  async #write(scenario: string, recording: Recording): Promise<string | undefined> {
    if (this.#failed || recording.empty) return undefined;
    const name = `${FOLDER}/${this.#nameFor(scenario)}`;
    const path = join(this.out, name);
    const beside = `${path}.${process.pid}.part`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeBlocks(beside, recording.capture(performance.timeOrigin));
      await rename(beside, path);
      return name;
    } catch (cause) {
      await rm(beside, { force: true }).catch(() => {});
      if (this.#failed) return undefined;
      this.#failed = true;
      throw new Error(sentence(path, cause as NodeJS.ErrnoException), { cause });
    }
  }

  /** `nginx-websocket.pcapng` for `nginx/websocket`; nothing of an id can lead out of the folder. */
  #nameFor(scenario: string): string {
    const plain = scenario
      .replaceAll('/', '-')
      .replace(/[^\w.+@-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 120);
    let name = plain;
    // Some file systems do not tell capitals from small letters.
    for (let n = 2; this.#names.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
    this.#names.add(name.toLowerCase());
    return `${name}.pcapng`;
  }
}

async function writeBlocks(path: string, capture: Capture): Promise<void> {
  // What crossed holds whatever secrets it does, and those of TLS are in it as well.
  const file = await open(path, 'wx', 0o600);
  try {
    let gathered: Uint8Array[] = [];
    let octets = 0;
    const flush = async () => {
      await file.writeFile(Buffer.concat(gathered));
      gathered = [];
      octets = 0;
    };
    for (const block of pcapngBlocks(capture)) {
      gathered.push(block);
      octets += block.length;
      if (octets >= AT_ONCE) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
}

function sentence(path: string, { code, message }: NodeJS.ErrnoException): string {
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'the disk is full; free some space or choose another folder with --out'
      : code === 'EACCES' || code === 'EPERM'
        ? 'not permitted; choose another folder with --out'
        : code === 'ENOTDIR' || code === 'EEXIST'
          ? 'part of that path is a file, not a folder; choose another folder with --out'
          : message;
  return `cannot write the capture ${path}: ${why}; no other is written after it`;
}
