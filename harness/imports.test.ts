import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Who may import whom: the longest key that a file's path begins with holds, and names the rooms that it may import
 * besides its own. ARCHITECTURE.md shows the same table.
 */
const MAY: Record<string, readonly string[]> = {
  'harness/model': [],
  'harness/protocol': [],
  'harness/catalogue': [],
  'harness/channel': [],
  'harness/patience': [],
  'harness/reset': [],
  'harness/verdict': ['harness/model'],
  'harness/sightings': ['harness/model', 'harness/patience'],
  'harness/expectation': ['harness/model'],
  'harness/certificates': ['harness/model'],
  'harness/record': ['harness/model'],
  'harness/run-file': ['harness/model', 'harness/record'],
  'harness/lab': ['harness/model', 'harness/evidence', 'harness/sightings'],
  'harness/collect': ['harness/model', 'harness/runner', 'harness/protocol'],
  'harness/choose': ['harness/model', 'harness/lab'],
  'harness/clients': [
    'harness/model',
    'harness/cannot-try',
    'harness/protocol',
    'harness/evidence',
    'harness/patience',
    'harness/reset',
  ],
  'harness/origins': ['harness/model', 'harness/protocol', 'harness/evidence', 'harness/reset'],
  'harness/evidence': ['harness/model', 'harness/protocol', 'harness/reset'],
  'harness/capture': ['harness/model', 'harness/protocol'],
  'harness/remedies': ['harness/model', 'harness/protocol'],
  'harness/prove': ['harness/model', 'harness/remedies', 'harness/runner'],
  'harness/runtimes': ['harness/model', 'harness/lab'],
  'harness/account': ['harness/model', 'harness/evidence', 'harness/protocol'],
  'harness/cannot-try': [],
  'harness/acquaintance': ['harness/model', 'harness/protocol', 'harness/cannot-try'],
  'harness/lures': [
    'harness/model',
    'harness/protocol',
    'harness/cannot-try',
    'harness/patience',
    'harness/reset',
    'harness/runtimes',
  ],
  'harness/probe': [
    'harness/model',
    'harness/account',
    'harness/acquaintance',
    'harness/cannot-try',
    'harness/lab',
    'harness/clients',
    'harness/lures',
  ],
  'harness/runner': [
    'harness/model',
    'harness/acquaintance',
    'harness/cannot-try',
    'harness/lab',
    'harness/clients',
    'harness/catalogue',
    'harness/channel',
    'harness/expectation',
    'harness/probe',
    'harness/protocol',
  ],
  proxies: ['harness/model', 'harness/protocol', 'harness/reset'],
  scenarios: [
    'harness/model',
    'harness/protocol',
    'harness/verdict',
    'harness/clients',
    'harness/origins',
    'proxies',
  ],
  reports: ['harness/model'],
  // The faces: the command line, the library's index, and the check tester.
  'harness/cli': ['*'],
  'harness/index': ['*'],
  'harness/testing': ['*'],
};

const roomOf = (path: string) =>
  Object.keys(MAY)
    .filter((room) => path === room || path.startsWith(`${room}/`) || path.replace(/\.[jt]s$/, '') === room)
    .sort((a, b) => b.length - a.length)[0];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['testing', 'fixtures'].includes(entry.name) ? [] : sources(path);
    return /\.ts$/.test(path) && !/(\.test|\.test-data|\.controls|\/testing)\.ts$/.test(path) ? [path] : [];
  });
}

const IMPORT = /(?:from|import)\s*\(?\s*['"`](\.[^'"`]*)['"`]/g;

t.test('imports go as the table says', async (t) => {
  for (const file of ['harness', 'proxies', 'reports', 'scenarios'].flatMap(sources)) {
    const room = roomOf(file.split(sep).join('/'));
    if (!t.ok(room, `${file} stands in a room of the table`)) continue;
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, target] of text.matchAll(IMPORT)) {
      const path = relative(ROOT, resolve(ROOT, dirname(file), target!))
        .split(sep)
        .join('/');
      const to = roomOf(path);
      const allowed = MAY[room!]!;
      if (to === room || allowed.includes('*') || (to && allowed.includes(to))) continue;
      t.fail(`${file} imports ${path}; ${room} may import ${allowed.join(', ') || 'nothing of ours'}`);
    }
  }
});

t.test('nobody imports the command line', async (t) => {
  for (const file of ['harness', 'proxies', 'reports', 'scenarios'].flatMap(sources)) {
    if (file.startsWith(join('harness', 'cli'))) continue;
    t.notMatch(readFileSync(join(ROOT, file), 'utf8'), /from '[./]*\/cli\//, file);
  }
});
