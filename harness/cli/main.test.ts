import t from 'tap';
import { packageVersion } from './package.js';
import { ran } from './testing/io.js';

const cwd = t.testdir({});

t.test('help and version go to stdout', async (t) => {
  const help = await ran(['--help'], { cwd });
  t.match(help, { code: 0, stderr: '' });
  for (const command of ['run', 'list', 'doctor', 'report', 'explain', 'show'])
    t.match(help.stdout, `\n  ${command} `);
  t.match(help.stdout, 'Exit codes: 0 all as expected; 1 a finding differs');
  t.same(await ran(['--version'], { cwd }), { code: 0, stdout: `${packageVersion()}\n`, stderr: '' });
  const run = await ran(['run', '--help'], { cwd });
  t.equal(run.code, 0);
  for (const flag of [
    '--runtime',
    '--via',
    '--origin',
    '--checks',
    '--report',
    '--out',
    '--json',
    '--jobs',
    '--timeout',
  ]) {
    t.match(run.stdout, `${flag} `.trimEnd());
  }
});

t.test('misuse of the command line is one sentence and 2', async (t) => {
  const cases: [string[], RegExp][] = [
    [[], /^Usage: wsgauntlet/],
    [['rum'], /^error: unknown command 'rum'\n\(Did you mean run\?\)\n$/],
    [['run', '--runtme', 'docker'], /^error: unknown option '--runtme'\n\(Did you mean --runtime\?\)\n$/],
    [['run', '--jobs'], /^error: option '--jobs <n>' argument missing\n$/],
    [['explain'], /^error: missing required argument 'check'\n$/],
    [['run', '--jobs', 'many'], /^wsgauntlet: --jobs must be a whole number of at least 1, and is "many"\n$/],
    [
      ['run', '--timeout', 'soon'],
      /^wsgauntlet: --timeout must be a length of time such as .*, and is "soon"\n$/,
    ],
    [['run', '--timeout', '2s', '--idle', '2s'], /^wsgauntlet: --timeout must be longer than --idle\n$/],
    [
      ['run', '--fail-on', 'hihg'],
      /^wsgauntlet: --fail-on must be info, .*, and is "hihg"; did you mean high\?\n$/,
    ],
    [
      ['run', '--report', 'junti'],
      /^wsgauntlet: --report: there is no reporter "junti"; did you mean junit\?\n$/,
    ],
    [['run', '--report', 'junit='], /^wsgauntlet: --report junit=: the file's name is missing\n$/],
    [
      ['run', '--via', 'ngnix'],
      /^wsgauntlet: --via: "ngnix" is neither a file nor .*; did you mean nginx\?\n$/,
    ],
    [
      ['run', '--via', 'nginx:websokcet'],
      /^wsgauntlet: --via nginx:websokcet: nginx has no option "websokcet"; did you mean websocket\?\n$/,
    ],
    [
      ['run', '--via', 'nginx:stream,websocket'],
      /^wsgauntlet: --via nginx:stream,websocket: nginx: websocket means nothing to a TCP relay/,
    ],
    [
      ['run', '--via', 'nginx', '--via', 'squid'],
      /^wsgauntlet: --via: the reverse proxy nginx cannot stand before the forward proxy squid/,
    ],
    [['run', '--origin', 'localhost:80'], /^wsgauntlet: --origin must be a URL such as ws:/],
    [
      ['run', '--via', 'nginx', '--checks', 'maskign'],
      /^wsgauntlet: no check is called "maskign" or begins with it; did you mean masking\?\n$/,
    ],
    [['run', '--image', 'nginx'], /^wsgauntlet: --image must be name=value, and is "nginx"\n$/],
    [
      ['run', '--via', 'nginx', '--checks', 'masking', '--image', 'ngnix=mine'],
      /^wsgauntlet: --image: no program here is called "ngnix"; did you mean nginx\?\n$/,
    ],
    [['run', './nothing.ts'], /^wsgauntlet: there is no file \.\/nothing\.ts\n$/],
    [
      ['run', '--via', 'nginx', '--runtime', 'dokcer'],
      /^wsgauntlet: --runtime must be auto, .*, and is "dokcer"/,
    ],
    [['run', '--config', 'none.json'], /^wsgauntlet: --config: there is no file none\.json\n$/],
    [
      ['explain', 'opening/upgarde'],
      /^wsgauntlet: there is no check "opening\/upgarde"; did you mean opening\/upgrade\?\n$/,
    ],
    [
      ['list', 'openign'],
      /^wsgauntlet: nothing is called "openign" or begins with it; did you mean opening\?\n$/,
    ],
    [['report', 'none.json'], /^wsgauntlet: cannot read .*none\.json: there is no such file\n$/],
  ];
  for (const [argv, sentence] of cases) {
    const { code, stdout, stderr } = await ran(argv, { cwd });
    t.match({ code, stdout, stderr }, { code: 2, stdout: '', stderr: sentence }, argv.join(' '));
  }
});
