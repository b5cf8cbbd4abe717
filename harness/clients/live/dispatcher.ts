import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { Route } from '../../model.js';

/** An undici dispatcher that follows a route: http by absolute-form GET through a forward proxy, https by CONNECT. */
export function dispatcherFor(route: Route): Dispatcher {
  const tls = {
    ...(route.ca !== undefined && { ca: route.ca }),
    ...(route.servername !== undefined && { servername: route.servername }),
  };
  // A stream may be silent for long: what bounds it is the caller's own patience.
  const patience = { headersTimeout: 0, bodyTimeout: 0 };
  if (!route.proxy) return new Agent({ ...patience, connect: tls });
  return new ProxyAgent({
    ...patience,
    uri: route.proxy,
    proxyTunnel: route.url.startsWith('wss:'),
    requestTls: tls,
  });
}

/** `http(s)://host:port/path` for a route's `ws(s)://host:port`. */
export const httpUrl = (route: Route, path: string) => new URL(path, route.url.replace(/^ws/, 'http')).href;
