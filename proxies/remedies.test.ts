import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { entries, load, remedies, select } from '../harness/catalogue.js';
import { createAuthority } from '../harness/certificates.js';
import type { RemedyPart } from '../harness/model.js';
import { isFor, type RemedyUnit, told } from './common/remedies.js';
import { BIND, SECTION } from './haproxy/state.js';
import { blocks } from './nginx/blocks.js';
import { needing } from './testing/place.js';

const checks = entries('check');
const units = await Promise.all(
  remedies().map(async (entry) => ({ ...entry, unit: await load<RemedyUnit<never>>(entry) })),
);
const of = (product: string) =>
  units
    .filter(({ id }) => id.startsWith(`${product}/`))
    .map(({ id, unit }) => ({ id, parts: told(unit, product).parts }));

t.test('each names checks that there are, and has something to say', async (t) => {
  for (const { id, unit } of units) {
    for (const one of unit.checks) t.ok(select(checks, one).length > 0, `${id}: ${one}`);
    t.ok(unit.title && unit.parts().every(({ lines }) => lines.length > 0 && lines.every(Boolean)), id);
  }
});

t.test('by id, or by beginning at a border', async (t) => {
  const unit = { checks: ['keepalive/survives', 'opening'] };
  t.ok(isFor(unit, 'keepalive/survives-client-ping'));
  t.ok(isFor(unit, 'opening/upgrade'));
  t.notOk(isFor(unit, 'keepalive/survivesby'));
  t.notOk(isFor(unit, 'fallback/carries'));
});

const program = (name: string) => needing({ name, role: 'reverse', argv: () => [name] });

/** The lines of those parts, and a line that fails the test where one is for no place that is known here. */
function linesAt(t: Test, parts: readonly RemedyPart[], wheres: readonly string[]): string[] {
  for (const { where } of parts) t.ok(wheres.includes(where ?? ''), `it says where: ${where}`);
  return wheres.map((where) =>
    parts
      .filter((part) => part.where === where)
      .flatMap(({ lines }) => lines)
      .join('\n'),
  );
}

function accepted(t: Test, what: string, [command = '', ...args]: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  t.equal(status, 0, `${what}: ${stdout}${stderr}`);
}

t.test('nginx takes its lines', await program('nginx'), async (t) => {
  const dir = t.testdir({});
  for (const { id, parts } of of('nginx')) {
    const [http, server, location, stream] = linesAt(t, parts, Object.values(blocks));
    writeFileSync(
      join(dir, 'nginx.conf'),
      `include /etc/nginx/modules-enabled/*mod-stream.conf;
pid ${dir}/pid; error_log ${dir}/error.log; events {}
http { access_log off;
${http}
server { listen 127.0.0.1:1;
${server}
location / { proxy_pass http://127.0.0.1:2;
${location}
} } }
${stream ? `stream { server { listen 127.0.0.1:3; proxy_pass 127.0.0.1:4;\n${stream}\n} }` : ''}
`,
    );
    accepted(t, id, ['nginx', '-t', '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')]);
  }
});

t.test('Squid takes its lines', await program('squid'), async (t) => {
  const { ca, caKey } = await createAuthority();
  const dir = t.testdir({ 'ca.pem': ca, 'key.pem': caKey });
  for (const { id, parts } of of('squid')) {
    const bump = parts.some(({ lines }) => lines.some((line) => line.startsWith('ssl_bump ')))
      ? ` ssl-bump tls-cert=${dir}/ca.pem tls-key=${dir}/key.pem generate-host-certificates=off`
      : '';
    writeFileSync(
      join(dir, 'squid.conf'),
      `http_port 127.0.0.1:3128${bump}
${parts.flatMap(({ lines }) => lines).join('\n')}
acl SSL_ports port 443
http_access deny CONNECT !SSL_ports
http_access allow all
`,
    );
    accepted(t, id, ['squid', '-k', 'parse', '-f', join(dir, 'squid.conf')]);
    t.ok(
      parts.every(({ where }) => where?.startsWith('squid.conf')),
      `${id} says where`,
    );
  }
});

t.test('HAProxy takes its lines', await program('haproxy'), async (t) => {
  const dir = t.testdir({});
  for (const { id, parts } of of('haproxy')) {
    const [lines, words] = linesAt(t, parts, [SECTION, BIND]);
    writeFileSync(
      join(dir, 'haproxy.cfg'),
      `defaults
  mode http
  timeout connect 1s
  timeout client 1s
  timeout server 1s
frontend web
  bind 127.0.0.1:8080 ${words}
  default_backend app
backend app
  ${lines}
  server one 127.0.0.1:9
`,
    );
    accepted(t, id, ['haproxy', '-c', '-f', join(dir, 'haproxy.cfg')]);
  }
});
