import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { formatExtensions, parseExtensions } from './extensions.js';
import { ProtocolFault } from './fault.js';

t.test('the examples of RFC 6455 §9.1', async (t) => {
  t.same(parseExtensions('foo'), [{ name: 'foo', params: [] }]);
  t.same(parseExtensions('bar; baz=2'), [{ name: 'bar', params: [['baz', '2']] }]);
  t.same(parseExtensions('foo, bar; baz=2'), [
    { name: 'foo', params: [] },
    { name: 'bar', params: [['baz', '2']] },
  ]);
  t.same(parseExtensions('deflate-stream, mux; max-channels=4; flow-control, deflate-stream'), [
    { name: 'deflate-stream', params: [] },
    {
      name: 'mux',
      params: [
        ['max-channels', '4'],
        ['flow-control', true],
      ],
    },
    { name: 'deflate-stream', params: [] },
  ]);
});

t.test('space, quotes, empty members, names of old', async (t) => {
  t.same(parseExtensions(' , a ;\tb = "c\\d" ,, e,'), [
    { name: 'a', params: [['b', 'cd']] },
    { name: 'e', params: [] },
  ]);
  t.same(parseExtensions(''), []);
  t.same(parseExtensions(' , '), []);
  const params: [string, string | true][] = [
    ['constructor', '1'],
    ['__proto__', true],
    ['x', '1'],
    ['x', '2'],
  ];
  t.same(parseExtensions('__proto__; constructor=1; __proto__; x=1; x=2'), [{ name: '__proto__', params }]);
});

t.test('what breaks the grammar is a fault that says where', async (t) => {
  const cases: [string, number][] = [
    ['a b', 2],
    [';', 0],
    ['a;', 2],
    ['a; =b', 3],
    ['a; b=', 5],
    ['a; b="', 5],
    ['a; b=""', 5],
    ['a; b="c d"', 5],
    ['a; b="c', 5],
    ['a; b="c\\', 5],
    ['a; b=c d', 7],
    ['é', 0],
    ['a; b="c"d', 8],
    ['a/b', 1],
  ];
  for (const [value, at] of cases)
    t.throws(() => parseExtensions(value), { code: 1002, at, name: 'ProtocolFault' }, value);
});

t.test('parse(format(x)) = x; nothing but faults; linear', async (t) => {
  const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,8}$/);
  const offer = fc.record({
    name: token,
    params: fc.array(fc.tuple(token, fc.oneof(token, fc.constant(true as const))), { maxLength: 4 }),
  });
  holds(
    t,
    fc.property(fc.array(offer, { maxLength: 4 }), (offers) => {
      return JSON.stringify(parseExtensions(formatExtensions(offers))) === JSON.stringify(offers);
    }),
  );
  const piece = fc.constantFrom('a', ';', '=', ',', '"', '\\', ' ', '\t', 'é', '\n');
  holds(
    t,
    fc.property(fc.array(piece), (pieces) => {
      try {
        parseExtensions(pieces.join(''));
        return true;
      } catch (error) {
        return error instanceof ProtocolFault;
      }
    }),
    { numRuns: 1000 },
  );
  for (const unit of ['a,', ' ', ',', 'a;b=', '"', '\\', 'a ', ', \t']) {
    for (const start of ['', 'a; b="']) {
      try {
        parseExtensions(start + unit.repeat(200_000));
      } catch (error) {
        t.ok(error instanceof ProtocolFault);
      }
    }
  }
});
