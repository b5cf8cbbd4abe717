import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import t from 'tap';
import { ran } from '../cli/testing/io.js';
import type { HopRecord } from '../model.js';
import { parse } from '../run-file.js';
import docker from '../runtimes/docker.js';
import { setEnv } from './env.js';
import { offLines } from './shown.js';
import { ownListeners, tempFolder, tracesOf } from './traces.js';

t.setTimeout(110_000);

const IMAGES = ['NGINX', 'SQUID', 'HAPROXY'].map((name) => `WSGAUNTLET_IMAGE_${name}`);
const unset = IMAGES.find((name) => !process.env[name]);
const absent =
  unset !== undefined
    ? `${unset} names no image`
    : await docker().refuses({ name: 'nginx', image: 'nginx', argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);

/** An intermediary of the user's own in a container, and a container that reaches a hop of our own process. */
const FILES = {
  'own.ts': `import { echo, type Intermediary } from 'wsgauntlet';
const haproxy: Intermediary = {
  name: 'haproxy', role: 'reverse', image: 'haproxy:lts-alpine', version: ['haproxy', '-v'],
  argv: ({ dir }) => ['haproxy', '-db', '-f', dir + '/haproxy.cfg'],
  files: ({ listen, upstream }) => ({
    'haproxy.cfg': \`
defaults
  mode http
  timeout connect 2s
  timeout client 9s
  timeout server 9s
  timeout tunnel 1s
listen gauntlet
  bind \${listen.host}:\${listen.port}
  server origin \${upstream.host}:\${upstream.port}
\`,
  }),
};
export default { title: 'haproxy', origin: echo(), via: [haproxy],
  checks: ['opening/upgrade', 'limits/size-65536', 'keepalive/idle-cut'] };
`,
  'mixed.ts': `import { echo, nginx, toxiproxy } from 'wsgauntlet';
const { image, argv, ...embedded } = toxiproxy();
export default { title: 'mixed', origin: echo(), via: [nginx({ websocket: true }), embedded],
  checks: ['opening', 'masking', 'limits'] };
`,
};

t.test('places of containers are as their scenarios expect', { skip: absent ?? false }, async (t) => {
  const tmp = tempFolder(t);
  setEnv(t, { TMPDIR: tmp });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(tmp, name), text);
  const listeners = ownListeners();
  const { code, stdout, stderr } = await ran(
    [
      ...['run', '--json', '--runtime', 'docker', '--out', 'out', './own.ts', './mixed.ts'],
      ...['nginx/websocket', 'nginx/read-timeout', 'squid/connect', 'squid/accelerator-upgrade'],
      'chains/nginx-squid',
    ],
    { cwd: tmp, env: process.env },
  );
  const { places, findings, environment } = parse(stdout, 'run.json');
  for (const line of offLines(findings)) t.fail(line);
  t.match({ code, stderr }, { code: 0, stderr: /all as expected/ });

  const between = (id: string) =>
    places[id]!.hops.slice(1, -1).map(({ name, runtime }: HopRecord) => `${name} ${runtime}`);
  t.same(between('nginx/websocket'), ['nginx docker']);
  t.same(between('squid/connect'), ['squid docker']);
  t.same(between('chains/nginx-squid'), ['nginx docker', 'squid docker']);
  t.same(between('own'), ['haproxy docker']);
  t.same(between('mixed'), ['nginx docker', 'toxiproxy in-process']);
  t.match(environment.docker, /^\d+\./, 'the record has the version of the engine');
  for (const id of Object.keys(places)) {
    const tried = findings.filter(({ scenario, outcome }) => scenario === id && outcome !== 'skip');
    t.ok(tried.length > 0, `something could be tried at ${id}`);
  }

  const engine = new Docker();
  const filters = { label: [`wsgauntlet.pid=${process.pid}`] };
  t.same(await engine.listContainers({ all: true, filters }), []);
  t.same(await engine.listNetworks({ filters }), []);
  t.same(tracesOf(tmp), { processes: [], folders: [] });
  t.same(ownListeners(), listeners);
});
