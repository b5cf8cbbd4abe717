import t from 'tap';
import { type Duration, milliseconds } from './duration.js';

t.same(
  [250, '250ms', '2s', '1.5s', '1m', '2h'].map((each) => milliseconds(each as Duration)),
  [250, 250, 2000, 1500, 60_000, 7_200_000],
);
for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '0s', '2', '2 s', 's', '1e3s', '']) {
  t.throws(() => milliseconds(wrong as Duration), RangeError, String(wrong));
}
