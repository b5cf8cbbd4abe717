import t from 'tap';
import { echo } from '../../origins/echo.js';
import { scenarioOf } from './shape.js';

const check = { id: 'own/one', title: 't', requirement: 'r', severity: 'low', refs: [], run: async () => {} };
const right = { title: 'a scenario', origin: echo(), via: [], checks: ['masking', check] };
const hop = { name: 'mine', role: 'reverse', argv: () => ['mine'] };

t.test('a scenario passes as it is', async (t) => {
  t.equal(scenarioOf(right, 'x.ts'), right);
  scenarioOf(
    {
      ...right,
      via: [hop],
      expect: { masking: { outcome: 'fail', because: 'so' } },
      checks: [{ ...check, kind: 'hardening', fixes: { ws: 'x' }, reach: 'crash', judges: 'endpoint' }],
      client: { name: 'c', open() {} },
    },
    'x.ts',
  );
});

t.test('what is wrong is named by its key', async (t) => {
  const cases: [unknown, string][] = [
    [7, 'the default export must be an object, and is 7'],
    [[], 'the default export must be an object, and is an array'],
    [{ ...right, title: undefined }, 'title is missing'],
    [{ ...right, title: '' }, 'title must be a text, and is ""'],
    [{ ...right, chekcs: [] }, 'chekcs is not a key of it; did you mean checks?'],
    [{ ...right, origin: 'ws://x' }, 'origin must be an object, and is "ws://x"'],
    [{ ...right, origin: hop }, 'origin.role must be origin, and is "reverse"'],
    [{ ...right, origin: () => echo() }, 'origin must be an object, and is a function'],
    [{ ...right, via: hop }, 'via must be an array, and is an object'],
    [
      { ...right, via: [hop, { ...hop, role: 'revers' }] },
      'via[1].role must be reverse, forward or transparent, and is "revers"',
    ],
    [{ ...right, via: [{ ...hop, argv: ['mine'] }] }, 'via[0].argv must be a function, and is an array'],
    [
      { ...right, via: [{ name: 'a', role: 'forward' }] },
      'via[0] needs argv, embed or image: there is no way to start it',
    ],
    [{ ...right, checks: [] }, 'checks is empty: nothing would be tried'],
    [{ ...right, checks: [3] }, 'checks[0] must be an object, and is 3'],
    [
      { ...right, checks: [{ ...check, severity: 'bad' }] },
      'checks[0].severity must be info, low, medium, high or critical, and is "bad"',
    ],
    [
      { ...right, checks: [{ ...check, kind: 'bug' }] },
      'checks[0].kind must be conformance, vulnerability or hardening, and is "bug"',
    ],
    [
      { ...right, checks: [{ ...check, fixes: { ws: ['a'] } }] },
      'checks[0].fixes["ws"] must be a text, and is an array',
    ],
    [
      { ...right, checks: [{ ...check, reach: 'wild' }] },
      'checks[0].reach must be safe, intrusive or crash, and is "wild"',
    ],
    [{ ...right, checks: [{ ...check, id: undefined }] }, 'checks[0].id is missing'],
    [{ ...right, expect: { masking: 'fail' } }, 'expect["masking"] must be an object, and is "fail"'],
    [{ ...right, expect: { masking: { outcome: 'fail' } } }, 'expect["masking"].because is missing'],
    [
      { ...right, expect: { masking: { outcome: 'error', because: 'x' } } },
      'expect["masking"].outcome must be pass, fail, warn, info or skip, and is "error"',
    ],
    [{ ...right, client: { name: 'x' } }, 'client.open is missing'],
  ];
  for (const [value, problem] of cases) {
    t.throws(() => scenarioOf(value, 'x.ts'), { name: 'Misuse', message: `x.ts: ${problem}` }, problem);
  }
});
