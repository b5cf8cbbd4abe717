import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import t from 'tap';
import { createAuthority } from '../certificates.js';
import { ScenarioLab } from '../lab.js';
import type { Intermediary, Service } from '../model.js';
import { groupOf } from './process/proc.js';
import processes from './process.js';

const runtime = processes();
const authority = await createAuthority();
const hand = new AbortController();
const lab = new ScenarioLab({ authority, choose: async () => [runtime], signal: hand.signal });
t.teardown(() => lab[Symbol.asyncDispose]());
const around = { bind: '127.0.0.1' };

/** nginx in as few words as it takes. */
function nginx(change: Partial<Intermediary> = {}, server = ''): Intermediary {
  return {
    name: 'nginx',
    role: 'reverse',
    version: ['nginx', '-v'],
    ready: { by: 'http' },
    argv: (site) => ['nginx', '-p', site.dir, '-e', 'stderr', '-c', 'nginx.conf'],
    files: (site) => ({
      'nginx.conf': `daemon off; user root; pid nginx.pid; error_log stderr; events {}
        http {
          access_log off; client_body_temp_path t/a; proxy_temp_path t/b; fastcgi_temp_path t/c;
          uwsgi_temp_path t/d; scgi_temp_path t/e;
          server {
            listen ${site.listen.host}:${site.listen.port}${change.tls ? ' ssl' : ''};
            ssl_certificate ${site.cert}; ssl_certificate_key ${site.key};
            location / { proxy_pass http://${site.upstream.host}:${site.upstream.port}; }
            ${server}
          }
        }`,
      't/empty': '',
    }),
    ...change,
  };
}

async function origin(): Promise<{ server: Server; address: { host: string; port: number } }> {
  const server = createServer((_request, response) => response.end('from the origin'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } };
}

/** The number of the program's first process, which its pid file tells. */
const pidOf = (service: Service) => Number(readFileSync(join(service.site.dir, 'nginx.pid'), 'latin1'));
const url = ({ address }: Service) => `http://${address.host}:${address.port}/`;

const absent = await runtime.refuses(nginx());
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);
const skip = absent ?? false;

t.test('a program is started, answers, carries a request and is gone afterwards', { skip }, async (t) => {
  const behind = await origin();
  const service = await runtime.start(nginx(), { ...around, upstream: behind.address }, lab);
  t.equal(service.runtime, 'process');
  t.match(service.version, /^\d+\.\d+\.\d+$/);
  t.equal(await (await fetch(url(service))).text(), 'from the origin');
  t.match(service.files['nginx.conf'], `proxy_pass http://127.0.0.1:${behind.address.port};`);
  t.same(Object.keys(service.files), ['nginx.conf', 't/empty']);
  t.equal(statSync(service.site.key).mode & 0o777, 0o600);
  t.notOk(existsSync(service.site.caKey), 'the CA key is for those that inspect');
  const pid = pidOf(service);
  t.ok(groupOf(pid)!.length >= 2, 'a master and its worker');
  await service[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  t.same(groupOf(pid), []);
  await t.rejects(fetch(url(service)), 'nobody listens any more');
  behind.server.close();
});

t.test(
  'with TLS it shows a certificate of the run, for the address that it listens on',
  { skip },
  async (t) => {
    await using service = await runtime.start(nginx({ tls: true, inspects: true }), around, lab);
    const socket = tls.connect({ ...service.address, ca: authority.ca });
    await once(socket, 'secureConnect');
    t.equal(socket.authorized, true);
    socket.destroy();
    t.equal(statSync(service.site.caKey).mode & 0o777, 0o600);
  },
);

t.test("a configuration that it refuses fails at once, with the program's own line", { skip }, async (t) => {
  const broken = runtime.start(nginx({}, 'sing_a_song on;'), around, lab);
  await t.rejects(broken, {
    message: /^nginx ended with exit code 1 before it was ready:\n.*unknown directive "sing_a_song"/,
  });
});

t.test('a program that never answers is given up with the lab', { skip }, async (t) => {
  const deaf = processes({ binaries: { nginx: '/bin/sleep' } });
  const stop = new AbortController();
  const other = new ScenarioLab({ authority, choose: async () => [deaf], signal: stop.signal });
  const starting = deaf.start(nginx({ argv: () => ['sleep', '1000'] }), around, other);
  setTimeout(() => stop.abort(new Error('the run was stopped')), 200);
  await t.rejects(starting, { message: 'the run was stopped' });
  await other[Symbol.asyncDispose]();
  t.notOk(existsSync(other.dir));
});

t.test('one that is killed says so', { skip }, async (t) => {
  await using service = await runtime.start(nginx(), around, lab);
  const pid = pidOf(service);
  process.kill(pid, 'SIGKILL');
  t.match(await service.died, /^nginx was killed by SIGKILL/);
  await service[Symbol.asyncDispose]();
  t.same(groupOf(pid), [], 'its workers went with it');
});

t.test('a port that somebody else was quicker to take is left to him', { skip }, async (t) => {
  const rival = createTcp((peer) => peer.end('HTTP/1.1 200 OK\r\n\r\n'));
  t.teardown(() => rival.close());
  let asked = 0;
  const contested = nginx({
    argv: (site) => {
      if (site.dir !== '/nowhere' && asked++ === 0) {
        execFileSync(process.execPath, ['-e', '0']);
        rival.listen(site.listen.port, '127.0.0.1');
      }
      return nginx().argv!(site);
    },
  });
  await using service = await runtime.start(contested, around, lab);
  t.equal(asked, 2);
  t.not(service.address.port, (rival.address() as AddressInfo).port);
});

t.test('a port that stays taken is said so after a few tries', { skip }, async (t) => {
  const rival = createTcp().listen(0, '127.0.0.1');
  await once(rival, 'listening');
  t.teardown(() => rival.close());
  const { port } = rival.address() as AddressInfo;
  const stubborn = nginx({}, `listen 127.0.0.1:${port};`);
  await t.rejects(runtime.start(stubborn, around, lab), {
    message: /^nginx found its port taken before it was ready:\n.*Address already in use/,
  });
});

t.test('what it listens on besides, and what is said to it once it is ready', { skip }, async (t) => {
  const seen: string[] = [];
  const service = await runtime.start(
    nginx({
      ports: ['status'],
      ready: { by: 'tcp', port: 'status' },
      files: (site) => ({
        ...nginx().files!(site),
        'nginx.conf': nginx().files!(site)['nginx.conf']!.replace(
          'http {',
          `http { server { listen 127.0.0.1:${site.ports.status!.port}; return 204; }`,
        ),
      }),
      after: async (site) => {
        seen.push(`${(await fetch(`http://127.0.0.1:${site.ports.status!.port}/`)).status}`);
      },
    }),
    around,
    lab,
  );
  t.same(seen, ['204']);
  await service[Symbol.asyncDispose]();
});

t.test('a file outside of the folder is not written', { skip }, async (t) => {
  const nosy = nginx({ files: () => ({ '../../escaped': '' }) });
  await t.rejects(runtime.start(nosy, around, lab), {
    message: /"\.\.\/\.\.\/escaped", which is not below its own folder/,
  });
});

t.test('what cannot be carried is said in one sentence', async (t) => {
  const lone = processes({ binaries: { nginx: '/nonexistent/nginx' } });
  t.equal(await lone.refuses(nginx()), 'the binary set for nginx, /nonexistent/nginx, is no executable file');
  t.equal(await runtime.refuses({ name: 'mockttp' }), 'mockttp has no command line to start as a process');
  t.equal(
    await runtime.refuses({ name: 'own', argv: () => ['no-such-program-anywhere'] }),
    'no `no-such-program-anywhere` on PATH; install it, or name its path in `binaries` of the configuration',
  );
  const needs = { pattern: /--with-time-travel/, otherwise: 'this sleep cannot travel in time' };
  const sleeper = { name: 'sleep', argv: () => ['sleep'], version: ['sleep', '--version'], needs };
  t.equal(await runtime.refuses(sleeper), 'this sleep cannot travel in time');
  t.equal(await runtime.present!(sleeper), true);
  t.equal(
    await runtime.refuses({ ...sleeper, needs: { pattern: /coreutils|sleep|usage/i, otherwise: '' } }),
    undefined,
  );
});
