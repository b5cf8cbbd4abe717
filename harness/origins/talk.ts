import type { Decompressor, Field, FrameSpec, RequestHead } from '../protocol/index.js';
import { responseHead, tokensOf } from '../protocol/index.js';
import { Frames } from './frames.js';
import { Later } from './later.js';
import { replyTo } from './reply.js';
import type { Sins } from './server.js';
import type { LiveSighting } from './sighting.js';
import type { Wire } from './wire.js';

interface Parts {
  wire: Wire;
  request: RequestHead;
  url: URL;
  body: Uint8Array;
  sighting: LiveSighting;
  sins: Sins;
  memory: Map<string, unknown>;
}

interface UpgradeOptions {
  /** Added to those of the 101. */
  fields?: readonly Field[];
  /** Goes out in the same write as the 101. */
  early?: readonly FrameSpec[];
  deflate?: Decompressor;
}

/** One exchange from the origin's side: a request, and the means to answer it well or badly. */
export class Talk {
  readonly request: RequestHead;
  readonly url: URL;
  readonly body: Uint8Array;
  readonly sighting: LiveSighting;
  readonly sins: Sins;
  /** What behaviours of this origin keep from one connection to the next. */
  readonly memory: Map<string, unknown>;
  /** What goes on beside the answer. */
  readonly later = new Later();
  /** The answer is complete, and the next request may come. */
  answered = false;
  /** What comes now is not HTTP any more: frames, or nothing that is understood. */
  takesAll = false;
  whenAnswered: () => void = () => {};
  /** Takes what comes after the switch, instead of its being read as frames. */
  onOctets: ((octets: Uint8Array) => void) | undefined;
  readonly #wire: Wire;
  #frames: Frames | undefined;

  constructor(parts: Parts) {
    this.#wire = parts.wire;
    this.request = parts.request;
    this.url = parts.url;
    this.body = parts.body;
    this.sighting = parts.sighting;
    this.sins = parts.sins;
    this.memory = parts.memory;
  }

  /** A number from the query, or the default. */
  number(name: string, otherwise: number): number {
    const value = Number(this.url.searchParams.get(name) ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  }

  answer(status: number, fields: readonly Field[] = [], body = ''): void {
    const octets = Buffer.from(body);
    const head = responseHead({ status, fields: [...fields, ['Content-Length', String(octets.length)]] });
    this.sighting.answer = Buffer.from(head).toString('latin1');
    const sent = this.request.method === 'HEAD' ? head : Buffer.concat([head, octets]);
    this.#wire.write(sent, `HTTP ${status}`, 'response');
    this.#done();
  }

  /** Answers with a body that is sent piece by piece (chunked for HTTP/1.1, until FIN for HTTP/1.0). */
  stream(status: number, fields: readonly Field[]): { write(text: string): void; end(): void } {
    const chunked = this.request.version !== '1.0';
    const framing: Field = chunked ? ['Transfer-Encoding', 'chunked'] : ['Connection', 'close'];
    this.#wire.write(responseHead({ status, fields: [...fields, framing] }), `HTTP ${status}`, 'response');
    return {
      write: (text) => {
        const size = Buffer.byteLength(text).toString(16);
        this.write(chunked ? `${size}\r\n${text}\r\n` : text, text.trimEnd().slice(0, 120));
      },
      end: () => {
        if (!chunked) return this.end();
        this.write('0\r\n\r\n', 'end of body');
        this.#done();
      },
    };
  }

  /** Accepts the upgrade, and reads frames from then on; or refuses it, where there are none. */
  upgrade({ fields = [], early = [], deflate }: UpgradeOptions = {}): Frames | undefined {
    const reply = replyTo(this.request, this.sins);
    if (reply.agreed) {
      this.switchProtocols([...reply.fields, ...fields], early);
      return this.listen(deflate);
    }
    if (reply.status === 101) this.switchProtocols(reply.fields);
    else if (this.sins.has('unanswered-refusals')) this.deafen();
    else this.answer(reply.status, reply.fields, reply.body);
    return undefined;
  }

  /** Answers 101 with these fields, right or wrong; what comes then is kept, until `listen` reads it as frames. */
  switchProtocols(fields: readonly Field[], early: readonly FrameSpec[] = []): void {
    const head = responseHead({ status: 101, fields });
    this.sighting.answer = Buffer.from(head).toString('latin1');
    this.#wire.together(() => {
      this.#wire.write(head, 'HTTP 101', 'response');
      for (const spec of early) this.#wire.send(spec);
    });
    this.deafen();
  }

  /** From here on the peer's octets are frames. */
  listen(deflate?: Decompressor): Frames {
    this.takesAll = true;
    this.#frames = new Frames(this.#wire, this.sighting, this.sins, deflate);
    return this.#frames;
  }

  /** From here on the peer's octets are kept and not understood. */
  deafen(): void {
    this.takesAll = true;
  }

  receive(octets: Uint8Array): void {
    if (this.onOctets) this.onOctets(octets);
    else this.#frames?.receive(octets);
  }

  /** Octets as they are; `what` is how the evidence calls them. */
  write(octets: string | Uint8Array, what: string): void {
    this.#wire.write(octets, what);
  }

  /** FIN. */
  end(): void {
    this.#wire.end();
  }

  /** RST. */
  reset(): void {
    this.#wire.reset();
  }

  #done(): void {
    this.answered = true;
    if (this.request.version === '1.0' || tokensOf(this.request, 'connection').includes('close'))
      return this.end();
    queueMicrotask(this.whenAnswered);
  }
}
