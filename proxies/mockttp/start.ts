import { readFile } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Mockttp, MockttpHttpsOptions } from 'mockttp';
import type { Site } from '../../harness/model.js';
import { hostPort } from '../common/address.js';
import { inspectorCertificate } from './certificate.js';
import { type Blocks, blocker, blockMessages } from './content.js';
import type { MockttpOptions } from './index.js';
import { hush } from './quiet.js';

type Mode = NonNullable<MockttpOptions['mode']>;

/** Starts mockttp where the site says. Rejects with EADDRINUSE when the address is taken. */
export async function start(
  site: Site,
  mode: Mode,
  block: MockttpOptions['block'],
): Promise<AsyncDisposable> {
  if (mode === 'pass-through' && site.parent)
    throw new Error("mockttp cannot stand before another forward proxy with mode: 'pass-through'");
  const [{ getLocal }, https] = await Promise.all([import('mockttp'), tls(site, mode)]);
  const proxy = getLocal({
    https,
    http2: false,
    recordTraffic: false,
    ...(mode === 'pass-through' && { passthrough: ['unknown-protocol'] }),
  });
  const blocks = block === undefined ? undefined : blocker(block);
  const server = bound(proxy, site.listen.host);
  // It complains of having to stop when it never got to listen.
  const stop = () => proxy.stop().catch(() => {});
  try {
    hush();
    await proxy.start(site.listen.port);
    if (blocks) blockMessages(server(), blocks);
    else server();
    await rules(proxy, site, mode, blocks);
  } catch (error) {
    await stop();
    throw error;
  }
  return { [Symbol.asyncDispose]: stop };
}

async function tls({ ca, caKey }: Site, mode: Mode): Promise<MockttpHttpsOptions> {
  const [cert, key] = await Promise.all([readFile(ca, 'utf8'), readFile(caKey, 'utf8')]);
  return {
    key,
    cert: await inspectorCertificate(cert, key),
    ...(mode === 'pass-through' && { tlsPassthrough: [{ hostname: '*' }] }),
  };
}

async function rules(proxy: Mockttp, site: Site, mode: Mode, blocks: Blocks | undefined): Promise<void> {
  const onward = {
    clientCertificateHostMap: { '*': await trust(site) },
    ...(site.parent && { proxyConfig: { proxyUrl: `http://${hostPort(site.parent)}` } }),
  };
  const forbidden = {
    statusCode: 403,
    statusMessage: 'Forbidden',
    headers: { 'content-type': 'text/plain' },
  };
  const body = 'blocked by content\n';
  if (mode === 'reject') {
    const text = 'no WebSockets here\n';
    const headers = {
      connection: 'close',
      'content-type': 'text/plain',
      'content-length': String(text.length),
    };
    await proxy.forAnyWebSocket().thenRejectConnection(403, 'Forbidden', headers, text);
  } else await proxy.forAnyWebSocket().thenPassThrough(onward);
  await proxy.forAnyRequest().thenPassThrough({
    ...onward,
    ...(blocks && {
      beforeRequest: async (request) =>
        blocks((await request.body.getDecodedBuffer()) ?? Buffer.alloc(0))
          ? { response: { ...forbidden, body } }
          : {},
    }),
  });
}

/**
 * The lab's CA and the public roots. Its own option for that, `additionalTrustedCAs`, has every root parsed again for
 * every connection, some 40 ms of work. What this map holds goes into the TLS options as it is; were it one day
 * not to, upstreams would not be trusted.
 */
async function trust({ ca }: Site): Promise<{ pfx: Buffer }> {
  const own = await readFile(ca, 'utf8');
  const secureContext = createSecureContext({ ca: [...rootCertificates, own] });
  return { secureContext } as unknown as { pfx: Buffer };
}

/**
 * Has mockttp bind this address alone; it binds all that the machine has, and an open proxy is not for others. To be
 * called before its start; what is returned gives the server after it.
 */
function bound(proxy: Mockttp, host: string): () => Server {
  let server: Server | undefined;
  Object.defineProperty(proxy, 'server', {
    get: () => server,
    set(made: Server) {
      const listen = made.listen.bind(made);
      made.listen = (port?: unknown) => listen({ port: port as number, host });
      server = made;
    },
  });
  return () => {
    if ((server?.address() as AddressInfo | undefined)?.address !== host)
      throw new Error(`mockttp did not bind ${host}: this version of it starts in another way`);
    return server!;
  };
}
