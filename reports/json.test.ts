import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import json from './json.js';
import { auditRun } from './testing/audit.js';
import { hostileRun } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';

const schema = JSON.parse(readFileSync(new URL('../harness/run.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const runs = {
  sample: sampleRun(),
  empty: emptyRun(),
  hostile: hostileRun(),
  audit: auditRun(),
  'hostile audit': hostileRun(auditRun()),
};

for (const [kind, run] of Object.entries(runs))
  t.test(`${kind}: is the run, and what the schema says`, (t) => {
    const value = JSON.parse(json.render(run));
    t.ok(validate(value), JSON.stringify(validate.errors));
    t.same(value, JSON.parse(JSON.stringify(run)));
    t.end();
  });
