import { Refusal } from '../lab.js';
import type { Lab, Program, Runtime } from '../model.js';
import { startContainer } from './docker/container.js';
import { connect, type Engine } from './docker/engine.js';
import { findImage, type Image, pullImage, versionText } from './docker/image.js';
import { sweepEngine } from './docker/labels.js';
import { type Bridge, createBridge } from './docker/network.js';
import { sweepFolders } from './process/sweep.js';
import { versionIn } from './version.js';

export interface DockerSettings {
  /** Image references by the program's name, instead of those that the programs name. */
  images?: Readonly<Record<string, string>>;
  /** Told how far a pull is. */
  onProgress?: (text: string) => void;
}

/** Programs in containers of their images, on a bridge network that each lab has of its own. */
export default function docker(settings: DockerSettings = {}): Runtime {
  let connected: Promise<Engine> | undefined;
  let swept: Promise<unknown> | undefined;
  const bridges = new WeakMap<Lab, Promise<Bridge>>();
  const pulls = new Map<string, Promise<Image>>();
  const versions = new Map<string, Promise<string>>();

  const engineOf = () => {
    connected ??= connect();
    return connected;
  };
  const referenceOf = (program: Program) => settings.images?.[program.name] ?? program.image;

  const imageHere = async (program: Program) => {
    const reference = referenceOf(program);
    return reference === undefined ? undefined : findImage(await engineOf(), reference);
  };

  /** A pull that failed once is not tried again by every scenario. */
  const pulled = async (program: Program) => {
    const reference = referenceOf(program)!;
    const tell = settings.onProgress ?? (() => {});
    const pull =
      pulls.get(reference) ?? engineOf().then((engine) => pullImage(engine, program.name, reference, tell));
    pulls.set(reference, pull);
    return pull;
  };

  const version = async (program: Program, image: Image) => {
    const key = JSON.stringify([image.id, program.entrypoint, program.version]);
    const text = versions.get(key) ?? engineOf().then((engine) => versionText(engine, image, program));
    versions.set(key, text);
    return text;
  };

  const bridgeOf = async (lab: Lab) => {
    const engine = await engineOf();
    swept ??= Promise.all([sweepEngine(engine), sweepFolders()]);
    await swept;
    let bridge = bridges.get(lab);
    if (!bridge) {
      bridge = createBridge(engine, lab).then((made) => lab.own(made));
      bridges.set(lab, bridge);
    }
    return bridge;
  };

  async function refuses(program: Program): Promise<string | undefined> {
    const { name, needs } = program;
    if (!program.argv) return `${name} has no command line to start in a container`;
    if (!referenceOf(program)) return `${name} names no image; name one with --image ${name}=REFERENCE`;
    try {
      const image = await imageHere(program);
      if (image && needs && !needs.pattern.test(await version(program, image))) return needs.otherwise;
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  }

  return {
    name: 'docker',
    refuses,
    present: async (program) =>
      (await refuses(program)) === undefined && (await imageHere(program)) !== undefined,
    engine: async () => (await engineOf()).version,
    gateway: async (lab) => (await bridgeOf(lab)).bind,
    async versionOf(program) {
      const image = await imageHere(program);
      return image && versionIn(await version(program, image));
    },
    async start(program, around, lab) {
      const image = (await imageHere(program)) ?? (await unlessAborted(lab.signal, pulled(program)));
      const asked = version(program, image).catch(() => '');
      const [refusal, bridge] = await Promise.all([refuses(program), bridgeOf(lab)]);
      if (refusal) throw new Refusal(refusal);
      const service = await startContainer({ engine: await engineOf(), bridge, image }, program, around, lab);
      const shown = versionIn(await asked);
      return shown === undefined ? service : { ...service, version: shown };
    },
  };
}

/** The work itself goes on until our process ends, or the engine notices that nobody waits for it any more. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
