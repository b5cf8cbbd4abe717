import { Refusal } from '../../lab.js';
import type { Program } from '../../model.js';
import { Tail } from '../tail.js';
import { type Engine, EngineAnswer, reason } from './engine.js';
import { labels } from './labels.js';
import { demultiplex } from './output.js';

const STALLED_MS = 60_000;
const TOLD_EVERY_MS = 3000;
const VERSION_MS = 20_000;

export interface Image {
  id: string;
  reference: string;
  /** Who its programs run as, where the image says. */
  user: string;
}

/** The image, if the engine has it. */
export async function findImage({ docker, call }: Engine, reference: string): Promise<Image | undefined> {
  try {
    const { Id, Config } = await call(
      `inspecting the image ${reference}`,
      docker.getImage(reference).inspect(),
    );
    return { id: Id, reference, user: Config.User ?? '' };
  } catch (error) {
    if (error instanceof EngineAnswer && error.status === 404) return undefined;
    throw error;
  }
}

/** Pulls the image, telling how far it is. Rejects with a Refusal when it cannot be had. */
export async function pullImage(
  engine: Engine,
  name: string,
  reference: string,
  tell: (text: string) => void,
) {
  const { following, call } = engine;
  try {
    const stream = await call(`pulling ${reference}`, following.pull(reference), STALLED_MS);
    await followed(following.modem, stream, (text) => tell(`pulling ${reference}: ${text}`));
  } catch (error) {
    const why = reason(error).replace(`pulling ${reference}: `, '');
    throw new Refusal(
      `the image ${reference} is not here and cannot be pulled (${why}); ` +
        `bring it with: docker pull ${reference}, or name another with --image ${name}=REFERENCE`,
    );
  }
  const image = await findImage(engine, reference);
  if (!image) throw new Refusal(`the image ${reference} was pulled and is not there`);
  tell(`pulled ${reference}`);
  return image;
}

interface Step {
  id?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

function followed(
  modem: {
    followProgress(
      stream: NodeJS.ReadableStream,
      done: (error: Error | null) => void,
      on: (step: Step) => void,
    ): void;
  },
  stream: NodeJS.ReadableStream,
  tell: (text: string) => void,
): Promise<void> {
  const layers = new Map<string, { current: number; total: number }>();
  let toldAt = Number.NEGATIVE_INFINITY;
  return new Promise((resolve, reject) => {
    const stalled = () => {
      (stream as NodeJS.ReadableStream & { destroy?(): void }).destroy?.();
      reject(new Error(`nothing came for ${STALLED_MS / 1000} s`));
    };
    let timer = setTimeout(stalled, STALLED_MS);
    const done = (error: Error | null) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    modem.followProgress(stream, done, ({ id, error, progressDetail }) => {
      if (error) return done(new Error(error));
      clearTimeout(timer);
      timer = setTimeout(stalled, STALLED_MS);
      const { current, total } = progressDetail ?? {};
      if (id === undefined || current === undefined || !total) return;
      layers.set(id, { current, total });
      if (performance.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = performance.now();
      const sum = [...layers.values()].reduce((a, b) => ({
        current: a.current + b.current,
        total: a.total + b.total,
      }));
      tell(`${Math.floor((100 * sum.current) / sum.total)} % of ${(sum.total / 1e6).toFixed(0)} MB`);
    });
  });
}

/** What the program prints of its version, in a container of its own that has no network. */
export async function versionText(engine: Engine, image: Image, program: Program): Promise<string> {
  const { docker, following, call } = engine;
  const [command, ...rest] = program.version ?? [];
  if (command === undefined) return '';
  const doing = `asking ${image.reference} for its version`;
  const { id } = await call(
    doing,
    docker.createContainer({
      Image: image.id,
      Entrypoint: [program.entrypoint ?? command],
      Cmd: rest,
      Labels: labels(),
      HostConfig: { NetworkMode: 'none' },
    }),
  );
  const output = new Tail();
  const watched = following.getContainer(id);
  try {
    const stream = await call(doing, watched.attach({ stream: true, stdout: true, stderr: true }));
    const said = demultiplex(stream, output);
    await call(doing, docker.getContainer(id).start());
    await call(doing, said, VERSION_MS);
  } catch (error) {
    // Such as: the image has no such program. Starting it will say so.
    if (!(error instanceof EngineAnswer)) throw error;
  } finally {
    await call(doing, docker.getContainer(id).remove({ force: true, v: true }));
  }
  return output.text();
}
