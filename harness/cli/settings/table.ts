import type { Severity } from '../../model.js';
import { choice, pairs, text, texts, time, toggle, whole } from './read.js';
import { maybe, named, of, several, type ValuesOf } from './setting.js';

export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
const none: readonly string[] = [];

/** What `run` can be told, by key. */
export const table = {
  runtime: of('--runtime <name>', 'auto, docker, process or in-process', text, 'auto'),
  via: several(
    '--via <hop>',
    'put a hop before the origin: an intermediary of `list` (nginx, nginx:websocket,readTimeout=2s) or a config file of your own',
    texts,
    none,
  ),
  listen: maybe('--listen <address>', 'where the config file of --via listens, if it cannot be told', text),
  upstream: maybe('--upstream <address>', 'what it forwards to: our origin takes its place', text),
  origin: maybe('--origin <url>', 'your own server instead of ours: ws://host:port/path', text),
  checks: several('--checks <selector>', 'only these checks, by id or prefix', texts, none),
  report: several('--report <name[=file]>', 'write this report as well', texts, none),
  out: of('--out <dir>', 'where the record and the reports go', text, 'gauntlet-report'),
  baseline: maybe('--baseline <run.json>', 'say what changed since this record', text),
  json: of('--json', 'print the record, and nothing else, on stdout', toggle, false),
  jobs: of('--jobs <n>', 'scenarios at once', whole(1), 8),
  timeout: maybe(
    '--timeout <time>',
    'for one check; 30s, and more where --idle is long, when not given',
    time,
  ),
  idle: of('--idle <time>', 'how long a silent connection is watched for a cut', time, 3000, '3s'),
  retries: of('--retries <n>', 'how often a check that differs is tried again', whole(0), 0),
  prove: of(
    '--prove',
    'try what would put right each finding, with the hop to blame changed that way, and say whether it held',
    toggle,
    false,
  ),
  failOn: of<Severity>(
    '--fail-on <severity>',
    'the least severity that fails the run',
    choice(SEVERITIES),
    'low',
  ),
  image: named('--image <name=ref>', 'another container image for a program', pairs, {}),
  binary: named('--binary <name=path>', 'where the binary of a program is', pairs, {}),
  taps: maybe('--no-taps', 'do not record between the hops, where neither end is ours', toggle),
  capture: of(
    '--capture',
    'record every segment, as a pcapng file a scenario below <out>/captures; it holds all octets that crossed and the keys of TLS: credentials, tokens, messages',
    toggle,
    false,
  ),
  keep: of('--keep', 'leave everything up at the end, say where it is, and wait for Ctrl-C', toggle, false),
  quiet: of('-q, --quiet', 'print failures and the last line only', toggle, false),
  verbose: of('-v, --verbose', 'print every finding as it comes, and what is known to break', toggle, false),
  color: maybe('--no-color', 'plain text', toggle),
};

export type Settings = ValuesOf<typeof table>;
export type Key = keyof Settings;
