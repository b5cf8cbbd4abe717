import t from 'tap';
import type { Evidence } from '../../../harness/model.js';
import { app } from '../../testing/app.js';
import { frameEntry } from '../../testing/sample-wire.js';

const { lanesOf, between } = await app<{
  lanesOf(
    evidence: Partial<Evidence>[],
    hops: object[],
  ): { name: string; rank: number; kind: string; busy: boolean }[];
  between(lanes: object[], from: string, to: string): string[];
}>('lanes');
const { linksOf } = await app<{ linksOf(ordered: Evidence[], lanes: string[]): [number, number][] }>('links');

const hops = [
  { role: 'client', name: 'ws' },
  { role: 'reverse', name: 'squid' },
  { role: 'reverse', name: 'nginx' },
  { role: 'origin', name: 'echo' },
];
const by = (...names: string[]) => names.map((name) => ({ by: name }));
const names = (evidence: Partial<Evidence>[]) => lanesOf(evidence, hops).map(({ name }) => name);

t.test('lanes stand in the order of the path, segments between their ends', (t) => {
  t.same(names([]), ['client', 'squid', 'nginx', 'origin']);
  t.same(names(by('nginx → origin', 'squid → nginx', 'client → squid')), [
    'client',
    'client → squid',
    'squid',
    'squid → nginx',
    'nginx',
    'nginx → origin',
    'origin',
  ]);
  t.same(names(by('ws → squid', 'nginx → echo')), [
    'client',
    'ws → squid',
    'squid',
    'nginx',
    'nginx → echo',
    'origin',
  ]);
  t.same(
    names(by('somebody', 'a → b')).filter((name) => name !== 'a → b'),
    ['client', 'squid', 'nginx', 'somebody', 'origin'],
    'whoever is not known stands before the origin',
  );
  t.same(
    lanesOf([], []).map(({ name }) => name),
    [],
  );
  t.end();
});

t.test('what stands between two places', (t) => {
  const lanes = lanesOf(by('squid → nginx'), hops);
  t.same(between(lanes, 'client', 'origin'), ['squid', 'nginx']);
  t.same(between(lanes, 'squid → nginx', 'client'), ['squid']);
  t.same(between(lanes, 'squid → nginx', 'origin'), ['nginx']);
  t.end();
});

t.test('an entry is linked to what it became at the next place, either way', (t) => {
  const lanes = ['client', 'squid → nginx', 'origin'];
  const entries = [
    frameEntry(1, 'client', 'sent', 1, 'a'),
    frameEntry(2, 'squid → nginx', 'sent', 1, 'a'),
    frameEntry(3, 'origin', 'received', 1, 'a'),
    frameEntry(4, 'origin', 'sent', 1, 'a'),
    frameEntry(5, 'squid → nginx', 'received', 1, 'a'),
    frameEntry(6, 'client', 'received', 1, 'a'),
  ];
  t.same(linksOf(entries, lanes), [
    [0, 1],
    [1, 2],
    [3, 4],
    [4, 5],
  ]);
  t.end();
});

t.test('what arrives nowhere is linked to nothing', (t) => {
  const lanes = ['client', 'origin'];
  const lost = [frameEntry(1, 'client', 'sent', 1, 'a'), frameEntry(2, 'client', 'sent', 1, 'b')];
  t.same(linksOf([...lost, frameEntry(3, 'origin', 'received', 1, 'b')], lanes), [[1, 2]]);
  const other = { ...frameEntry(3, 'origin', 'received', 1, 'a'), of: 'another' };
  t.same(linksOf([...lost, other], lanes), [], 'nor to another connection’s');
  t.same(linksOf([...lost, frameEntry(3, 'client', 'received', 1, 'a')], lanes), [], 'nor back');
  t.end();
});

t.test('a FIN that comes out as an RST is one end', (t) => {
  const end = (at: number, who: string, kind: 'sent' | 'received', mark: 'fin' | 'rst') =>
    ({ at, by: who, kind, text: mark, mark }) satisfies Evidence;
  const entries = [end(1, 'client', 'sent', 'fin'), end(2, 'origin', 'received', 'rst')];
  t.same(linksOf(entries, ['client', 'origin']), [[0, 1]]);
  t.end();
});
