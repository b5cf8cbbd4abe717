import type { HttpAnswer, Probe, Verdict, WireFrame } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';

/** What the server tells a client in its open packet; times in ms, sizes in octets. */
export interface Open {
  sid: string;
  pingInterval: number;
  pingTimeout: number;
  /** From version 4 on. */
  maxPayload?: number;
}

/** An Engine.IO endpoint: how it is asked, and what it says of itself. */
export interface EngineIo {
  /** Of the protocol: 3 up to Socket.IO 2, 4 from its version 3 on. */
  version: number;
  open: Open;
  /** Whether Socket.IO is spoken over it, as far as it let a client connect. */
  socketIo: boolean;
  /** Whether HTTP long-polling is served beside WebSocket. */
  polling: boolean;
  /** Path and query for a request, with these parameters; `undefined` leaves one out. */
  path(parameters: Readonly<Record<string, string | undefined>>): string;
}

const OPEN = /0(\{[^{}]*"sid"[^{}]*\})/;
const OWN = ['EIO', 'transport', 'sid', 't', 'j', 'b64'];

/** @param text a message, or the body of a poll, which may hold several packets */
export function openIn(text: string): Open | undefined {
  const [, json] = OPEN.exec(text.slice(0, 4096)) ?? [];
  if (json === undefined) return undefined;
  try {
    const { sid, pingInterval, pingTimeout, maxPayload } = JSON.parse(json) as Partial<Open>;
    if (typeof sid !== 'string' || !positive(pingInterval) || !positive(pingTimeout)) return undefined;
    return { sid, pingInterval, pingTimeout, ...(positive(maxPayload) && { maxPayload }) };
  } catch {
    return undefined;
  }
}

const positive = (value: unknown): value is number => typeof value === 'number' && value > 0;

export const said = ({ payload }: WireFrame): string => Buffer.from(payload.subarray(0, 65_536)).toString();

/** The endpoint as an Engine.IO endpoint, told by its open packet; measured once for a place. */
export const engineIo = (probe: Probe): Promise<EngineIo | undefined> =>
  probe.once('engine-io', async () => {
    const { greeting, dialect, answer } = await probe.acquaintance();
    const url = new URL(probe.target.path, 'http://endpoint');
    const asked = url.searchParams.get('EIO');
    const greeted = greeting.map(said).map(openIn).find(Boolean);
    if (!greeted && asked === null && !/\/(?:socket|engine)\.io\/?$/.test(url.pathname)) return undefined;
    const version = Number(asked ?? '4');
    const path = pathOf(probe.target.path);
    const polled = await ask(probe, path({ EIO: String(version), transport: 'polling' }));
    const opened = polled.status === 200 ? openIn(polled.body) : undefined;
    const open = greeted ?? opened;
    if (!open) return undefined;
    const named = answer !== undefined && /^40(?:\{|$)/.test(said(answer));
    const socketIo = named && (said(answer).length > 2 || /\/socket\.io\/?$/.test(url.pathname));
    return {
      version,
      open,
      polling: opened !== undefined,
      path,
      socketIo: dialect !== undefined && socketIo,
    };
  });

/** Judges an Engine.IO endpoint, and skips any other. */
export async function atEngineIo(
  probe: Probe,
  judge: (endpoint: EngineIo) => Promise<Verdict>,
  needs: { polling?: boolean; socketIo?: boolean } = {},
): Promise<Verdict> {
  const endpoint = await engineIo(probe);
  if (!endpoint) return skip('it is no Engine.IO endpoint');
  if (needs.polling && !endpoint.polling)
    return skip('this Engine.IO endpoint does not serve HTTP long-polling');
  if (needs.socketIo && !endpoint.socketIo)
    return skip('no Socket.IO connection to the main namespace is had here');
  return judge(endpoint);
}

/** One HTTP request to the endpoint with what the target's handshakes carry, of which `headers` replace what they name. */
export function ask(
  probe: Probe,
  path: string,
  options: {
    method?: string;
    headers?: readonly (readonly [string, string])[];
    body?: string;
    withinMs?: number;
  } = {},
): Promise<HttpAnswer> {
  const { headers = [], withinMs = probe.patience.answerMs, ...rest } = options;
  const { origin } = probe.target;
  const usual = [...probe.target.headers, ...(origin === undefined ? [] : [['Origin', origin] as const])];
  const replaced = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = usual.filter(([name]) => !replaced.has(name.toLowerCase()));
  return probe.http(path, { ...rest, withinMs, headers: [...kept, ...headers.filter(([, value]) => value)] });
}

/** A session over HTTP long-polling, as clients open it first. */
export async function session(probe: Probe, { path, version }: EngineIo): Promise<Open | undefined> {
  const { status, body } = await ask(probe, path({ EIO: String(version), transport: 'polling' }));
  return status === 200 ? openIn(body) : undefined;
}

const pathOf =
  (target: string): EngineIo['path'] =>
  (parameters) => {
    const url = new URL(target, 'http://endpoint');
    for (const name of OWN) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.append(name, value);
    return url.pathname + url.search;
  };
