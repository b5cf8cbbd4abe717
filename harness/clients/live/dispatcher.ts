import { Agent, type buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import type { Route } from '../../model.js';
import { connect } from '../connect.js';
import { type Recorder, unrecorded } from '../recorder.js';

/** As long as undici waits for a connection of its own. */
const CONNECT_MS = 10_000;

/** An undici dispatcher that follows a route: http by absolute-form GET through a forward proxy, https by CONNECT. */
export function dispatcherFor(route: Route, record: Recorder = unrecorded): Dispatcher {
  const tls = {
    ...(route.ca !== undefined && { ca: route.ca }),
    ...(route.servername !== undefined && { servername: route.servername }),
  };
  // A stream may be silent for long: what bounds it is the caller's own patience.
  const patience = { headersTimeout: 0, bodyTimeout: 0 };
  const told = record !== unrecorded && !route.proxy;
  if (told || route.at || (route.keyLog && route.url.startsWith('wss:')) || isSpecial(route)) {
    return new Agent({ ...patience, connect: connector(route, record) });
  }
  if (!route.proxy) return new Agent({ ...patience, connect: tls });
  return new ProxyAgent({
    ...patience,
    uri: route.proxy,
    proxyTunnel: route.url.startsWith('wss:'),
    requestTls: tls,
  });
}

/** What undici by itself cannot follow. */
const isSpecial = ({ proxy = 'http:', insecure, cert }: Route): boolean =>
  insecure === true || cert !== undefined || !proxy.startsWith('http:');

/** undici connects where the URL says, and tells neither octets nor secrets. */
const connector =
  (route: Route, record: Recorder): buildConnector.connector =>
  (_, done) => {
    connect({ ...route, method: 'CONNECT' }, { withinMs: CONNECT_MS, record }).then(
      ({ stream }) => done(null, stream),
      (fault: Error) => done(fault, null),
    );
  };

/** `http(s)://host:port/path` for a route's `ws(s)://host:port`. */
export const httpUrl = (route: Route, path: string) => new URL(path, route.url.replace(/^ws/, 'http')).href;
