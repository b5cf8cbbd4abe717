import type { Dial } from '../model.js';
import { show } from '../protocol/index.js';

/** By what a server is known again: figures of a 101 and of the TLS session below it, by what they are called. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Headers that come and go with one and the same server. */
const VOLATILE =
  /^(?:date|age|expires|set-cookie|retry-after|server-timing|alt-svc|sec-websocket-accept|.*rate-?limit.*|.*trace.*|.*-ray|.*-?id)$/;
const PRODUCTS = ['Server', 'X-Powered-By', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions'];

export function fingerprintOf({ answer, tls }: Pick<Dial, 'answer' | 'tls'>): Fingerprint {
  const headers = answer?.headers ?? [];
  const names = headers.map(([name]) => name.toLowerCase()).filter((name) => !VOLATILE.test(name));
  const valueOf = (wanted: string) =>
    headers
      .filter(([name]) => name.toLowerCase() === wanted.toLowerCase())
      .map(([, value]) => value)
      .join(', ');
  return {
    ...Object.fromEntries(PRODUCTS.map((name) => [name, valueOf(name)])),
    headers: [...new Set(names)].sort().join(' '),
    ...(tls && { 'issuer of the certificate': tls.issuer, certificate: tls.fingerprint }),
  };
}

/** What is known of a server. Behind a load balancer there are several. */
export class Identity {
  readonly #known: Fingerprint[] = [];

  get isKnown(): boolean {
    return this.#known.length > 0;
  }

  learn(seen: Fingerprint): void {
    if (!this.knows(seen)) this.#known.push(seen);
  }

  knows(seen: Fingerprint): boolean {
    return this.#known.some((known) => differences(known, seen).length === 0);
  }

  /** What is otherwise than at the server that is most alike: `Server: nginx → Apache`. */
  told(seen: Fingerprint): string {
    const [nearest] = this.#known
      .map((known) => ({ known, of: differences(known, seen) }))
      .sort((a, b) => a.of.length - b.of.length);
    const say = (value: string | undefined) => show(value || 'none', 160);
    return (nearest?.of ?? [])
      .map((name) => `${name}: ${say(nearest!.known[name])} → ${say(seen[name])}`)
      .join('; ');
  }
}

const differences = (a: Fingerprint, b: Fingerprint): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
