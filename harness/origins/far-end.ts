import type { Authority, CertificateKind, Route, Sighting, Site } from '../model.js';
import { type Sins, serve } from './server.js';

const NAME = 'far-end.test';
const HOST = '127.0.0.1';

/** An origin of ours that a check puts up by itself, to see what a client does without anything in between. */
export interface FarEnd extends AsyncDisposable {
  route: Route;
  /** In the order in which they came; live. */
  sightings: readonly Sighting[];
}

export interface FarEndOptions {
  /** Listen with TLS, showing a certificate of this kind. */
  certificate?: CertificateKind;
  /** The name that its certificate is for. */
  name?: string;
  sins?: Sins;
}

/** Puts one up on a port of this machine. It trusts and is trusted through `authority` alone. */
export async function farEnd(authority: Authority, options: FarEndOptions = {}): Promise<FarEnd> {
  const { certificate, name = NAME, sins = new Set<string>() } = options;
  const sightings: Sighting[] = [];
  const pem = certificate && authority.leaf([name, HOST], certificate);
  const listen = { host: HOST, port: 0 };
  const nowhere = { dir: '', cert: '', key: '', ca: '', caKey: '' };
  const site: Site = {
    ...nowhere,
    listen,
    upstream: listen,
    upstreamTls: false,
    ports: {},
    name,
    saw: (sighting) => sightings.push(sighting),
  };
  const server = await serve(site, { tls: pem !== undefined, sins, ...(pem && { pem }) });
  return {
    route: {
      url: `${pem ? 'wss' : 'ws'}://${HOST}:${server.port}`,
      ...(pem && { ca: authority.ca, servername: name }),
    },
    sightings,
    [Symbol.asyncDispose]: () => Promise.resolve(server[Symbol.asyncDispose]()),
  };
}
