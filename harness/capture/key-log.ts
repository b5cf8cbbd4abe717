/** One line of an NSS key log (draft-ietf-tls-keylogfile): what secret, of which client random, and the secret. */
const LINE = /^[A-Z][A-Z0-9_]{2,40} [0-9a-f]{64} (?:[0-9a-f]{2}){16,64}$/i;
/** Five lines a session in TLS 1.3. */
const MOST_LINES = 20_000;

/** The secrets of TLS sessions, from whoever took part in them, without doubles or what is no key log line. */
export class KeyLog {
  readonly #lines = new Set<string>();

  /** Text of a key log, or what a `keylog` event of `node:tls` gives. */
  add(text: string | Uint8Array): void {
    const lines = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    for (const line of lines.split('\n')) {
      const bare = line.trim();
      if (this.#lines.size < MOST_LINES && LINE.test(bare)) this.#lines.add(bare);
    }
  }

  /** The lines of these sessions alone (client randoms in hex), or all. */
  text(randoms?: Iterable<string>): string {
    const wanted = randoms && new Set([...randoms].map((random) => random.toLowerCase()));
    const lines = [...this.#lines].filter(
      (line) => wanted?.has(line.split(' ', 2)[1]!.toLowerCase()) ?? true,
    );
    return lines.map((line) => `${line}\n`).join('');
  }
}
