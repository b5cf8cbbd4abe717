import type { Intermediary } from './program.js';

/** Lines of a configuration that stand together. */
export interface RemedyPart {
  /** Where they go, in words: `http { … }`, `the backend "app", haproxy.cfg:12`; absent where the file is all there is to say. */
  where?: string;
  lines: readonly string[];
}

/** What to change at a hop for a check to pass. */
export interface Remedy {
  /** Name of the hop whose configuration it is. */
  hop: string;
  /** What it does, in a few words: `forward Upgrade and Connection over HTTP/1.1`. */
  title: string;
  /** What the lines are written in: `nginx`, `squid`, `haproxy`, `toxiproxy-cli`, `typescript` … */
  language: string;
  parts: readonly RemedyPart[];
  /** What it costs, or what else would help. */
  note?: string;
}

/** A remedy as a hop offers it. */
export interface Offer extends Omit<Remedy, 'hop'> {
  /** The hop with the remedy applied, where its description can be changed that way; `--prove` tries it. */
  applied?: Intermediary;
}
