import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Origin } from '../../../harness/model.js';

/** `openssl s_server`, which does what no library for Node.js does; it answers a request with 404. Needs openssl. */
export const sServer = (title: string, options: readonly string[]): Origin => ({
  name: 'origin',
  title,
  role: 'origin',
  tls: true,
  async embed({ listen, cert, key }) {
    const at = ['-accept', `${listen.host}:${listen.port}`, '-cert', cert, '-key', key];
    const child = spawn('openssl', ['s_server', ...at, ...options], { stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    let said = '';
    while (!/^ACCEPT/m.test(said)) {
      const [text] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | number];
      if (!(text instanceof Buffer)) throw new Error(`openssl s_server ended with ${text}`);
      said += text.toString();
    }
    // What it reads there it sends to its client.
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('\r\n\r\n')) child.stdin.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    });
    child.stdin.on('error', () => {});
    return {
      async [Symbol.asyncDispose]() {
        child.kill();
        await ended;
      },
    };
  },
});
