import type { Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { EndTranscript } from '../evidence/end-transcript.js';
import type { Site } from '../model.js';
import { parseRequest, type RequestHead, splitHead, valueOf } from '../protocol/index.js';
import { unlessReset } from '../reset.js';
import type { Behaviour } from './behaviour.js';
import { asTaken } from './lenient.js';
import type { Sins } from './server.js';
import { LiveSighting } from './sighting.js';
import { Talk } from './talk.js';
import { Wire } from './wire.js';

const MOST_BODY = 1_048_576;
/** Of what comes before the answer is out. */
const MOST_PENDING = 64 * 1_048_576;
/** After how long a silence an origin closes that does so. */
const IDLE_MS = 700;

/** One TCP connection to an origin: reads request after request, and hands each to the behaviour that its path names. */
export class Connection {
  #stream!: Socket | TLSSocket;
  #pending: Buffer = Buffer.alloc(0);
  #talk: Talk | undefined;
  #sighting: LiveSighting | undefined;
  readonly transcript: EndTranscript;

  constructor(
    readonly raw: Socket,
    readonly id: number,
    readonly site: Site,
    readonly sins: Sins,
    /** What behaviours keep from one connection to the next. */
    readonly memory: Map<string, unknown>,
    /** Octets that the transcripts of all connections of an origin may keep. */
    budget: { left: number },
  ) {
    this.transcript = new EndTranscript(raw, 'server', budget);
  }

  start(stream: Socket | TLSSocket): void {
    this.#stream = stream;
    if (stream instanceof TLSSocket) this.transcript.secure(stream);
    if (this.sins.has('closes-idle')) stream.setTimeout(IDLE_MS, () => this.#talk?.end());
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    const fin = () => {
      this.#current().note('received', 'FIN', undefined, { mark: 'fin' });
      this.#sighting?.finish('fin');
      this.#talk?.later.over();
      if (!this.sins.has('lingers')) stream.end();
    };
    stream.on('end', () => unlessReset(stream, fin));
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      const reset = fault.code === 'ECONNRESET' || fault.code === 'EPIPE';
      const what = reset ? 'RST' : `error ${fault.code ?? fault.message}`;
      this.#current().note('received', what, undefined, { mark: reset ? 'rst' : 'fin' });
      this.#sighting?.finish(reset ? 'rst' : 'fin');
    });
    this.raw.on('error', () => {});
    this.raw.on('close', () => {
      this.#talk?.later.over();
      this.#sighting?.finish('nothing');
      stream.destroy();
    });
  }

  destroy(): void {
    this.#stream?.destroy();
    this.raw.destroy();
  }

  #current(): LiveSighting {
    if (!this.#sighting) this.#report(new LiveSighting(this.id, undefined, undefined));
    return this.#sighting!;
  }

  #report(sighting: LiveSighting): void {
    if (this.#stream instanceof TLSSocket) describeTls(this.#stream, sighting);
    sighting.transcript = this.transcript;
    this.#sighting = sighting;
    this.site.saw(sighting);
  }

  #take(chunk: Buffer): void {
    if (this.#talk?.takesAll) {
      this.#sighting!.keep(chunk);
      return this.#talk.receive(chunk);
    }
    this.#sighting?.keep(chunk);
    if (this.#pending.length + chunk.length > MOST_PENDING) return this.destroy();
    this.#pending = Buffer.concat([this.#pending, chunk]);
    this.#next();
  }

  /** Starts on the next request, once the last is answered and a whole one (head and declared body) is here. */
  #next(): void {
    if (this.#talk && !this.#talk.answered) return;
    let request: RequestHead;
    let rest: Uint8Array;
    let url: URL;
    try {
      const split = splitHead(this.#pending);
      if (!split) return;
      request = parseRequest(asTaken(split.head, this.sins));
      rest = split.rest;
      url = new URL(request.target, 'http://origin');
    } catch (fault) {
      if (!this.#sighting) this.#current().keep(this.#pending);
      this.#current().note('received', `not HTTP: ${(fault as Error).message}`, this.#pending);
      this.#stream.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      this.#pending = Buffer.alloc(0);
      return;
    }
    const length = Math.min(Number(valueOf(request, 'content-length') ?? 0) || 0, MOST_BODY);
    if (rest.length < length) return;
    const body = rest.subarray(0, length);
    const after = Buffer.from(rest.subarray(length));
    this.#pending = Buffer.alloc(0);
    const sighting = new LiveSighting(this.id, url.searchParams.get('gauntlet') ?? undefined, request.raw);
    sighting.note('received', request.raw.split('\r\n', 1)[0] ?? '', Buffer.from(request.raw, 'latin1'), {
      mark: 'request',
    });
    this.#report(sighting);
    const talk = new Talk({
      wire: new Wire(this.#stream, this.raw, sighting),
      request,
      url,
      body,
      sighting,
      sins: this.sins,
      memory: this.memory,
    });
    this.#talk = talk;
    talk.whenAnswered = () => this.#next();
    if (after.length > 0) sighting.keep(after);
    void this.#serve(talk, after).catch((fault: unknown) => {
      sighting.note('note', `the origin failed: ${(fault as Error).message}`);
      this.destroy();
    });
  }

  /** `after` came behind the request. */
  async #serve(talk: Talk, after: Buffer): Promise<void> {
    const behave = await behaviourOf(talk.url.pathname);
    await behave(talk);
    // What came behind the head is for whoever holds the connection now.
    const waiting = this.sins.has('drop-early') ? this.#pending : Buffer.concat([after, this.#pending]);
    this.#pending = Buffer.alloc(0);
    if (waiting.length === 0) return;
    if (talk.takesAll) return talk.receive(waiting);
    this.#pending = waiting;
    this.#next();
  }
}

function describeTls(stream: TLSSocket, sighting: LiveSighting): void {
  const version = stream.getProtocol();
  // What does not get through the handshake has no session to describe.
  if (!version || stream.destroyed || !stream.getPeerFinished()) return;
  const { servername } = stream as { servername?: string | false };
  if (typeof servername === 'string') sighting.servername = servername;
  const { issuer, fingerprint256 } = stream.getCertificate() as Partial<PeerCertificate>;
  sighting.tls = {
    version,
    ...(stream.alpnProtocol && { alpn: stream.alpnProtocol }),
    issuer: String(issuer?.CN ?? ''),
    fingerprint: fingerprint256 ?? '',
    binding: stream.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)).toString('base64'),
  };
}

/** `/ping/…` is answered by `behaviours/ping`; what has no file of its own is not found. */
async function behaviourOf(path: string): Promise<Behaviour> {
  const name = /^\/([a-z][a-z0-9-]*)(?:\/|$)/.exec(path)?.[1];
  if (name) {
    const file = new URL(`./behaviours/${name}.js`, import.meta.url);
    try {
      return ((await import(file.href)) as { default: Behaviour }).default;
    } catch (fault) {
      // That there is no such behaviour is an answer; that one of its own imports is missing is a fault.
      const { code, message } = fault as NodeJS.ErrnoException;
      if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(`'${fileURLToPath(file)}'`)) throw fault;
    }
  }
  return (talk) =>
    talk.answer(path === '/' ? 200 : 404, [], path === '/' ? 'wsgauntlet origin\n' : 'not found\n');
}
