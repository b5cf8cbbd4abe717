import t from 'tap';
import { didYouMean, distance, nearest, orList } from './nearest.js';

t.test('distance', async (t) => {
  t.equal(distance('', ''), 0);
  t.equal(distance('', 'abc'), 3);
  t.equal(distance('kitten', 'sitting'), 3);
  t.equal(distance('nginx', 'ngnix'), 2);
});

t.test('the nearest words, the best first, none that is far off', async (t) => {
  const known = ['nginx', 'squid', 'toxiproxy', 'mockttp'];
  t.same(nearest('ngnix', known), ['nginx']);
  t.same(nearest('SQUID', known), ['squid']);
  t.same(nearest('proxy', known), ['toxiproxy']);
  t.same(nearest('envoy', known), []);
  t.same(nearest('opening/upgarde', ['opening/upgrade', 'opening/subprotocol']), ['opening/upgrade']);
});

t.test('sentences', async (t) => {
  t.equal(didYouMean('envoy', ['nginx']), '');
  t.equal(didYouMean('ngin', ['nginx']), '; did you mean nginx?');
  t.equal(orList(['a']), 'a');
  t.equal(orList(['a', 'b', 'c']), 'a, b or c');
});
