import { readdir } from 'node:fs/promises';

/** A piece of a stream, as it was read (at most 32 KiB where there are toxics). */
export interface Chunk {
  data: Buffer;
  /** When it came, by performance.now(); a toxic that delays moves it on. */
  at: number;
}

/** What a toxic sees of one direction of one connection. Iterating over it gives the chunks up to the end. */
export interface ToxicStub extends AsyncIterable<Chunk> {
  /** The next chunk; nothing when the stream has ended, when the toxic has to stop, or after so many ms. */
  read(withinMs?: number): Promise<Chunk | undefined>;
  /** Hands a chunk on; to be awaited, for whoever comes next may be slow. */
  write(chunk: Chunk): Promise<void> | undefined;
  /** False when the toxic has to stop before the time is over: it hands on what it holds, then returns. */
  wait(ms: number): Promise<boolean>;
  /** Waits even if the toxic is asked to stop. */
  hold(ms: number): Promise<void>;
  /** Ends the stream for whoever comes next. */
  close(): void;
  /** Whether the toxic has to stop. */
  readonly interrupted: boolean;
  /** Belongs to the toxic for the connection's lifetime; survives a change of its attributes. */
  readonly state: Record<string, number>;
}

/** One kind of toxic. Its type is the name of its file. */
export interface Toxic<Name extends string = string> {
  /** Its attributes, all integers, with their defaults. */
  attributes: Readonly<Record<Name, number>>;
  /**
   * Works on one direction of one connection until the stream ends or it has to stop. The stream ends with its
   * return, unless it had to stop: then it is started anew (its attributes may have changed) or was removed.
   */
  pipe(stub: ToxicStub, attributes: Readonly<Record<Name, number>>): Promise<void>;
  /** How many chunks wait before it until the reader is held back; 1 when absent. */
  buffer?: number;
  /** Connections that begin with it are closed with RST. */
  resets?: true;
  /** Connections that it works on are closed when it is removed. */
  closesOnRemoval?: true;
  /** Why these attributes cannot be had. */
  refuses?(attributes: Readonly<Record<Name, number>>): string | undefined;
}

/** The kinds in the folder `toxics`, by type. */
export async function loadToxics(): Promise<ReadonlyMap<string, Toxic>> {
  const folder = new URL('./toxics/', import.meta.url);
  const kinds = new Map<string, Toxic>();
  for (const file of await readdir(folder)) {
    // Neither tests nor declarations nor source maps: those have a second dot.
    const type = /^([a-z_]+)\.[jt]s$/.exec(file)?.[1];
    if (type) kinds.set(type, ((await import(new URL(file, folder).href)) as { default: Toxic }).default);
  }
  return kinds;
}
