import t from 'tap';
import { assign, decode, encode, float32 } from './json.js';

t.test('the first value counts, what follows does not', async (t) => {
  t.same(decode(' {"a":"}\\"{"} trailing'), { a: '}"{' });
  t.same(decode('[1,[2]]]'), [1, [2]]);
  t.equal(decode('null{'), null);
  t.equal(decode('"a\\\\"b'), 'a\\');
  t.equal(decode('12 13'), 12);
});

t.test('what is not JSON is refused with 400', async (t) => {
  for (const [text, why] of [
    ['', 'EOF'],
    [' \n', 'EOF'],
    ['{"a":1', 'unexpected EOF'],
    ['"abc', 'unexpected EOF'],
    ['"abc\\"', 'unexpected EOF'],
  ] as const)
    t.throws(() => decode(text), { status: 400, message: `bad request body: ${why}` }, JSON.stringify(text));
  for (const text of ['}', '{a}', 'nul', ',', '{"a":.1}'])
    t.throws(() => decode(text), { status: 400, message: /^bad request body: / }, text);
});

t.test('fields are matched in any case, null and unknown ones passed over', async (t) => {
  const target = { name: '', enabled: true, count: 7 };
  assign(
    target,
    { name: 'string', enabled: 'bool', count: 'int64' },
    { NAME: 'x', Enabled: null, other: [], cOuNt: -3 },
  );
  t.same(target, { name: 'x', enabled: true, count: -3 });
  assign(target, { name: 'string' }, null);
  t.equal(target.name, 'x');
});

t.test('a wrong field is refused, and the others are taken', async (t) => {
  const target = { latency: 0, jitter: 0 };
  const kinds = { latency: 'int64', jitter: 'int64' } as const;
  const message =
    'bad request body: json: cannot unmarshal string into Go struct field attributes.jitter of type int64';
  t.throws(() => assign(target, kinds, { jitter: 'bad', latency: 77 }, 'attributes.'), {
    status: 400,
    message,
  });
  t.same(target, { latency: 77, jitter: 0 });
  t.throws(() => assign(target, kinds, { latency: 1.5 }), { message: /number 1\.5 into .* of type int64/ });
  t.throws(() => assign(target, kinds, [1]), { message: /cannot unmarshal array/ });
  t.throws(() => assign({}, { toxicity: 'float32' }, { toxicity: 1e39 }), { message: /float32/ });
});

t.test('writes as Go does', async (t) => {
  t.equal(encode({ a: '<&>\u2028' }), '{"a":"\\u003c\\u0026\\u003e\\u2028"}');
  t.equal(float32(0.1), 0.1);
  t.equal(float32(0.123456789), 0.12345679);
  t.equal(float32(2), 2);
  t.equal(float32(-1), -1);
});
