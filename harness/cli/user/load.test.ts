import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { loadDefault } from './load.js';

/** Far from this package, as files of users are. */
const folder = mkdtempSync(join(tmpdir(), 'user-files-'));
t.teardown(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const load = (name: string, text: string) => loadDefault(put(name, text), name);

t.test('TypeScript and JavaScript, wherever they lie and whatever the package.json above says', async (t) => {
  put('package.json', '{ "type": "commonjs" }');
  put('helper.ts', 'export const three: number = 3;\n');
  t.same(await load('a.ts', `import { three } from './helper.js';\nexport default { three } as object;\n`), {
    three: 3,
  });
  t.same(await load('b.mts', 'export default { a: 1 as number };\n'), { a: 1 });
  t.same(await load('c.mjs', 'export default { a: 2 };\n'), { a: 2 });
  t.same(await load('d.js', 'export default { a: 3 };\n'), { a: 3 });
  t.same(await load('e.js', 'module.exports = { a: 4 };\n'), { a: 4 });
});

t.test('wsgauntlet is this very copy of us, where it is not installed', async (t) => {
  const found = (await load(
    'us.ts',
    `import * as us from 'wsgauntlet';\nimport nginx from 'wsgauntlet/proxies/nginx';\nexport default { us, nginx };\n`,
  )) as { us: typeof import('../../index.js'); nginx: unknown };
  const { echo, nginx } = await import('../../index.js');
  t.equal(found.us.echo, echo);
  t.equal(found.nginx, nginx);
});

t.test('what is broken is told with file, line and column', async (t) => {
  const cases: [string, string, string][] = [
    [
      's.ts',
      'const a: number = 1;\nexport default { title: "x" foo };\n',
      's.ts:2:29: Expected "}" but found "foo"',
    ],
    ['s.mjs', 'export default {\n  a: 1,\n  b: ;\n};\n', 's.mjs:3:6: Unexpected ";"'],
    ['none.ts', 'export const a = 1;\n', 'none.ts has no default export'],
    [
      'pkg.mjs',
      `import x from 'no-such-package';\nexport default x;\n`,
      `pkg.mjs: Cannot find package 'no-such-package' imported from`,
    ],
    [
      'name.mjs',
      `import { nope } from './helper2.mjs';\nexport default nope;\n`,
      `name.mjs: The requested module './helper2.mjs' does not provide an export named 'nope'`,
    ],
    [
      'thrown.ts',
      'interface Gone {\n  a: 1;\n}\n\nexport default (() => {\n  throw new TypeError("nginx: no");\n})();\n',
      'thrown.ts:6:9: nginx: no',
    ],
  ];
  put('helper2.mjs', 'export const a = 1;\n');
  for (const [name, text, sentence] of cases) {
    const fault = (await load(name, text).catch((thrown: unknown) => thrown)) as Error;
    t.match({ name: fault.name, message: fault.message }, { name: 'Misuse', message: sentence }, name);
  }
});
