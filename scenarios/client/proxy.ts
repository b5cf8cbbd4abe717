import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A forward proxy that asks for nothing, carries whoever comes to this machine, and notes what it was asked for. */
export interface RecordingProxy extends AsyncDisposable {
  /** With the credentials that a client is to use for it. */
  url: string;
  /** `CONNECT localhost:4711`, `GET ws://…`, at most 16. */
  asked: readonly string[];
}

const MOST_HEAD = 65_536;

export async function recordingProxy(): Promise<RecordingProxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket)));
  };
  const server = createServer((client) => {
    keep(client);
    let head = '';
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return head.length > MOST_HEAD ? void client.destroy() : undefined;
      client.off('data', read);
      const [, method = '', target = ''] = /^(\S+) (\S+)/.exec(head) ?? [];
      if (asked.length < 16) asked.push(`${method} ${target}`.slice(0, 200));
      const port = Number(/:(\d+)(?:\/|$)/.exec(target.replace(/^\w+:\/\//, ''))?.[1]);
      if (!port) return void client.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      const server = connect({ port, host: '127.0.0.1' });
      keep(server);
      if (method === 'CONNECT') client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      // A proxy that was asked by GET keeps what is meant for it.
      else server.write(head.replace(/^proxy-authorization:.*\r\n/im, ''), 'latin1');
      client.pipe(server).pipe(client);
    };
    client.on('data', read);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://gauntlet:only-for-the-proxy@127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
