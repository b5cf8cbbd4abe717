import { availableParallelism } from 'node:os';
import type { Severity } from '../../model.js';
import { choice, text, texts, time, toggle, whole } from './read.js';
import { maybe, of, several, type ValuesOf } from './setting.js';
import { SEVERITIES } from './table.js';

const none: readonly string[] = [];

/** What `audit-client` can be told, by key. */
export const auditClientTable = {
  checks: several('--checks <selector>', 'only these checks, by id or prefix', texts, none),
  skip: several('--skip <selector>', 'leave these checks out', texts, none),
  reconnects: of(
    '--reconnects',
    'the command connects anew by itself: keep one and lead it through the checks (one for ws, one for wss)',
    toggle,
    false,
  ),
  timeout: of(
    '--timeout <time>',
    'how long the command may take from its start to its connection',
    time,
    20_000,
    '20s',
  ),
  answer: of(
    '--answer <time>',
    'how long a reaction that ought to come at once is waited for',
    time,
    2000,
    '2s',
  ),
  patience: of(
    '--patience <time>',
    'how long a time limit of unknown length is waited for, at most',
    time,
    15_000,
    '15s',
  ),
  jobs: of(
    '--jobs <n>',
    'commands at once',
    whole(1),
    Math.min(6, availableParallelism() + 1),
    'as many as suit this machine',
  ),
  failOn: of<Severity>(
    '--fail-on <severity>',
    'the least severity that fails the audit',
    choice(SEVERITIES),
    'low',
  ),
  report: several('--report <name[=file]>', 'write this report as well', texts, none),
  out: of('--out <dir>', 'where the record and the reports go', text, 'gauntlet-report'),
  json: of('--json', 'print the record, and nothing else, on stdout', toggle, false),
  quiet: of('-q, --quiet', 'print failures and the last line only', toggle, false),
  verbose: of('-v, --verbose', 'print every finding', toggle, false),
  color: maybe('--no-color', 'plain text', toggle),
};

export type AuditClientSettings = ValuesOf<typeof auditClientTable>;
