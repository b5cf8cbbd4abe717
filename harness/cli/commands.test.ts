import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sampleRun } from '../../reports/testing/sample.js';
import { setEnv } from '../testing/env.js';
import { remedy } from './doctor.js';
import { ran } from './testing/io.js';

const cwd = t.testdir({});

t.test('list', async (t) => {
  const { code, stdout } = await ran(['list'], { cwd });
  t.equal(code, 0);
  t.match(stdout, /^scenarios \(\d+\)\n/);
  t.match(stdout, /\n {2}masking\/text +high +An unmasked text frame/);
  t.match(stdout, /\n {2}nginx +reverse +nginx with a plain proxy_pass\n/);
  t.match(stdout, /\n {2}junit +junit\.xml +JUnit XML/);
  const some = JSON.parse((await ran(['list', 'masking', 'reporters', '--json'], { cwd })).stdout);
  t.match(
    some.checks.find(({ id }: { id: string }) => id === 'masking/text'),
    { severity: 'high', reach: 'safe' },
  );
  t.ok(some.checks.every(({ id }: { id: string }) => id.startsWith('masking/')));
  t.same(some.intermediaries, []);
  t.ok(some.reporters.length >= 5);
});

t.test('explain', async (t) => {
  const { code, stdout } = await ran(['explain', 'opening/upgrade'], { cwd });
  t.equal(code, 0);
  t.match(stdout, 'opening/upgrade\nThe upgrade is accepted');
  for (const part of ['Requirement', 'Why it matters', 'What helps', 'Severity', 'Written in', 'Tried at']) {
    t.match(stdout, `\n${part}\n  `);
  }
  const json = JSON.parse((await ran(['explain', 'opening/upgrade', '--json'], { cwd })).stdout);
  t.match(json, { id: 'opening/upgrade', severity: 'high', refs: ['RFC 6455 §4.1'] });
  t.match(
    stdout,
    '\n  squid: forward Upgrade: websocket\n    squid.conf:\n      http_upgrade_request_protocols websocket allow all\n',
  );
  t.match(
    json.remedies.find(({ hop }: { hop: string }) => hop === 'nginx'),
    { parts: [{ where: 'http { … }' }, { lines: ['proxy_http_version 1.1;'] }] },
  );
  t.notMatch(stdout, 'toxiproxy-cli', 'what is for a whole topic depends on what is found');
});

t.test('doctor', async (t) => {
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  setEnv(t, env);
  const { code, stdout } = await ran(['doctor', '--binary', 'nginx=/nowhere/nginx'], { cwd, env });
  t.equal(code, 0);
  t.match(stdout, /\nprocess: the binary set for nginx, \/nowhere\/nginx, is no executable file \(nginx\)\n/);
  t.match(stdout, /^ +docker +in-process +process\n/);
  t.match(
    stdout,
    /\nplain +– +yes +–\n/,
    'by the name that --via takes; what is not meant for it is no lack',
  );
  t.match(stdout, /^forwarding +– +yes +–$/m);
  t.notMatch(stdout, /command line|program of its own|plain-proxy/);
  const engine = stdout.split('\n').filter((line) => line.startsWith('docker: no usable Docker engine'));
  t.match(engine, [/ \(nginx, squid, toxiproxy\)$/]);
  const { programs } = JSON.parse((await ran(['doctor', '--json'], { cwd, env })).stdout);
  t.match(
    programs.find(
      (one: { program: string; runtime: string }) =>
        one.program === 'toxiproxy' && one.runtime === 'in-process',
    ),
    { carries: true, refusals: [] },
  );
});

t.test('report', async (t) => {
  writeFileSync(join(cwd, 'run.json'), JSON.stringify(sampleRun()));
  const markdown = await ran(['report', 'run.json'], { cwd });
  t.match(markdown, { code: 0, stdout: /^## wsgauntlet\n/, stderr: '' });
  const junit = await ran(['report', 'run.json', '--report', 'junit', '--report', 'tap=a/b.tap'], { cwd });
  t.match(junit, { code: 0, stdout: /^<\?xml/, stderr: 'a/b.tap\n' });
  const two = await ran(['report', 'run.json', '--report', 'junit', '--report', 'tap'], { cwd });
  t.match(two, { code: 2, stderr: /only one report can go to stdout, not junit and tap/ });
  writeFileSync(join(cwd, 'cut.json'), JSON.stringify(sampleRun()).slice(0, 99));
  t.match(await ran(['report', 'cut.json'], { cwd }), { code: 2, stderr: /cut\.json:1:100 is not JSON/ });
});

t.test('the one command that brings what no runtime carries, or else the other runtimes', async (t) => {
  const no = (program: string, ...refusals: string[]) => ({
    program,
    runtime: 'process',
    carries: false,
    refusals,
  });
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const engine = 'no engine; install it with: apt-get install docker.io';
  const stopped = 'no engine; start it with: systemctl start docker';
  const nginx = no('nginx', 'no `nginx` on PATH; install it with: apt-get install nginx libnginx-mod-stream');
  const haproxy = no('haproxy', 'no `haproxy`; install it with: apt-get install haproxy');
  const carried = { ...haproxy, runtime: 'docker', carries: true, refusals: [] };
  t.equal(
    remedy([
      nginx,
      no('squid', 'no `squid` on PATH; install it with: apt-get install squid-openssl', engine),
      haproxy,
      carried,
      no('other', 'it does not run in-process'),
    ]),
    `${sudo}apt-get install nginx libnginx-mod-stream squid-openssl docker.io`,
  );
  t.equal(
    remedy([no('nginx', ...nginx.refusals, stopped), no('squid', stopped)]),
    `${sudo}apt-get install nginx libnginx-mod-stream && ${sudo}systemctl start docker`,
  );
  t.equal(remedy([haproxy, carried]), `${sudo}apt-get install haproxy`);
  t.equal(remedy([no('other', 'it does not run in-process')]), undefined);
});
