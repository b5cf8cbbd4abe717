const text = { type: 'string', minLength: 1 };
const closed = (properties: object, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: object) => ({ type: 'array', items });
/** §3.11 */
const message = closed({ text }, ['text']);
/** §3.12 */
const multiformat = closed({ text, markdown: text }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };
/** What code scanning reads as a figure from 0 to 10. */
const score = { type: 'string', pattern: '^(10|\\d)\\.\\d$' };
const tags = { type: 'array', items: text, uniqueItems: true, maxItems: 20 };

/** §3.49 */
const rule = closed(
  {
    id: text,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    helpUri: { type: 'string', pattern: '^https?://' },
    defaultConfiguration: closed({ level }, ['level']),
    properties: closed({ tags, 'security-severity': score }, ['tags', 'security-severity']),
  },
  ['id'],
);

/** §3.28, §3.29 and §3.33 */
const location = closed(
  {
    physicalLocation: closed(
      {
        artifactLocation: closed({ uri: { type: 'string', pattern: "^[\\w.!~*'()%/-]+$" } }, ['uri']),
        region: closed({ startLine: { type: 'integer', minimum: 1 } }, ['startLine']),
      },
      ['artifactLocation', 'region'],
    ),
    logicalLocations: list(closed({ fullyQualifiedName: text }, ['fullyQualifiedName'])),
  },
  ['physicalLocation'],
);

/** §3.35 */
const suppression = closed(
  { kind: { enum: ['inSource', 'external'] }, status: { enum: ['accepted'] }, justification: text },
  ['kind', 'status', 'justification'],
);

/** §3.27 */
const result = closed(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level,
    message,
    locations: { ...list(location), minItems: 1, maxItems: 10 },
    partialFingerprints: { type: 'object', additionalProperties: text },
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
    suppressions: list(suppression),
    properties: closed(
      {
        outcome: { enum: ['fail', 'warn', 'pass', 'info'] },
        severity: text,
        'security-severity': score,
        kind: text,
        topic: text,
        evidence: list(text),
      },
      ['severity', 'security-severity', 'kind', 'topic'],
    ),
  },
  ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints', 'properties'],
);

/** §3.20 */
const invocation = closed(
  {
    executionSuccessful: { type: 'boolean' },
    startTimeUtc: { type: 'string', pattern: 'Z$' },
    toolExecutionNotifications: list(closed({ level, message }, ['message'])),
  },
  ['executionSuccessful'],
);

/**
 * That part of SARIF 2.1.0 (OASIS Standard, 2020) which our reports may use, closed so that a misspelt name is found, with
 * what code scanning demands besides.
 */
export const sarifShape = closed(
  {
    $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
    version: { const: '2.1.0' },
    runs: list(
      closed(
        {
          tool: closed(
            { driver: closed({ name: text, version: text, rules: list(rule) }, ['name', 'rules']) },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits'] },
          invocations: list(invocation),
          results: list(result),
        },
        ['tool', 'results'],
      ),
    ),
  },
  ['version', 'runs'],
);
