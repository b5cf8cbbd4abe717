import type { Severity } from '../../model.js';
import { choice, text, texts, time, toggle, whole } from './read.js';
import { lines, maybe, of, several, type ValuesOf } from './setting.js';
import { SEVERITIES } from './table.js';

const none: readonly string[] = [];

/** What `audit` can be told, by key. */
export const auditTable = {
  header: lines('--header <name: value>', 'send this header with every handshake', texts, none),
  cookie: lines('--cookie <name=value>', 'send this cookie', texts, none),
  bearer: maybe('--bearer <token>', 'send this token as Authorization: Bearer', text),
  basic: maybe('--basic <user:password>', 'send these as Authorization: Basic', text),
  origin: maybe('--origin <origin>', 'the Origin of the application’s own page: https://app.example', text),
  allowedOrigin: several(
    '--allowed-origin <origin>',
    'another Origin that is meant to be let in',
    texts,
    none,
  ),
  subprotocol: several('--subprotocol <name>', 'offer this subprotocol', texts, none),
  hello: maybe('--hello <message>', 'what a client says first, as a text message', text),
  expect: maybe('--expect <text|/re/>', 'what a working connection answers, or says by itself', text),
  as: lines('--as <name:header=value>', 'a user for the checks that need to tell users apart', texts, none),
  other: lines('--other <name:header=value>', 'the second user of these checks', texts, none),
  via: maybe(
    '--via <proxy>',
    'through this forward proxy: http://, https:// or socks5://user:password@host:port',
    text,
  ),
  ca: maybe('--ca <file>', 'trust this CA (PEM) instead of the system’s roots', text),
  cert: maybe('--cert <file>', 'show this client certificate (PEM)', text),
  key: maybe('--key <file>', 'its key (PEM)', text),
  insecure: of('--insecure', 'take whatever certificate the server shows', toggle, false),
  servername: maybe('--servername <name>', 'the TLS name to ask for and to verify', text),
  resolve: maybe(
    '--resolve <host:port:address>',
    'connect to this address instead of what the name resolves to',
    text,
  ),
  checks: several('--checks <selector>', 'only these checks, by id or prefix', texts, none),
  skip: several('--skip <selector>', 'leave these checks out', texts, none),
  intrusive: of('--intrusive', 'also floods, bombs and slow requests, bounded', toggle, false),
  crash: of(
    '--crash',
    'also what may take a vulnerable server down, and all that --intrusive does',
    toggle,
    false,
  ),
  iAmAuthorized: of(
    '--i-am-authorized',
    'say that you may do this to a server that is not on this machine; --intrusive and --crash need it',
    toggle,
    false,
  ),
  concurrency: maybe(
    '--concurrency <n>',
    'connections that are open at once, at most; 48, and in an intrusive check what `explain` says of it, when not given',
    whole(8),
  ),
  rate: maybe('--rate <n>', 'connections that are made in a second, at most', whole(1)),
  answer: of(
    '--answer <time>',
    'how long an answer that ought to come at once is waited for',
    time,
    2000,
    '2s',
  ),
  patience: of(
    '--patience <time>',
    'how long a time limit of unknown length is waited for, at most',
    time,
    8000,
    '8s',
  ),
  compare: maybe(
    '--compare <url>',
    'the same checks there (through the proxy, or past it), and what differs',
    text,
  ),
  failOn: of<Severity>(
    '--fail-on <severity>',
    'the least severity that fails the audit',
    choice(SEVERITIES),
    'low',
  ),
  baseline: maybe('--baseline <run.json>', 'fail only for what is new or worse since this record', text),
  accept: maybe('--accept <file>', 'accepted findings: a JSON list of { check, reason, until }', text),
  report: several('--report <name[=file]>', 'write this report as well', texts, none),
  out: of('--out <dir>', 'where the record and the reports go', text, 'gauntlet-report'),
  json: of('--json', 'print the record, and nothing else, on stdout', toggle, false),
  quiet: of('-q, --quiet', 'print failures and the last line only', toggle, false),
  verbose: of('-v, --verbose', 'print every finding', toggle, false),
  color: maybe('--no-color', 'plain text', toggle),
};

export type AuditSettings = ValuesOf<typeof auditTable>;
