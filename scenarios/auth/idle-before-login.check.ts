import type { Check, DialOptions, Probe } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { anonymous, credentialsOf } from '../judging/credentials.js';
import { isRefusal } from '../judging/seen.js';
import { anonymousOf, isLogin, isTelling } from './anonymous.js';

/** Time enough for any login, and too much. */
const LONG_MS = 30_000;
const TOO_LONG_MS = 120_000;

export default {
  title: 'A connection that never logs in is closed',
  requirement: 'A server that waits for a login after the 101 waits for a limited time.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.5'],
  judges: 'endpoint',
  why: 'Where a connection costs no credentials, anybody can hold as many as the server has room for, and needs to send nothing.',
  remedy: 'Close a connection that has not logged in within some seconds of the 101.',
  fixes: {
    ws: `wss.on('connection', (client) => {
  const deadline = setTimeout(() => client.close(4408, 'login timeout'), 10_000);
  client.once('message', () => clearTimeout(deadline));
});`,
    'graphql-ws': 'useServer({ schema, connectionInitWaitTimeout: 10_000 }, wss)',
  },
  patient: true,
  async run(probe) {
    await probe.acquaintance();
    const options = await stranger(probe);
    if (typeof options === 'string') return skip(options);
    if ('refused' in options) return pass(`no connection is had without credentials: ${options.refused}`);
    const made = await probe.dial(options);
    if (!made.peer || !made.conforms) return skip('a silent connection could not be had');
    const from = performance.now();
    const { limitMs } = probe.patience;
    const end = await made.peer.farewell(limitMs);
    if (!end) {
      const seconds = Math.round(limitMs / 1000);
      const actual = `still open after ${seconds} s without a login`;
      const expected = 'closed within seconds';
      if (limitMs >= TOO_LONG_MS) return fail(expected, actual, { measured: { idleMs: -1 } });
      return warn(`${actual}; --patience lets it be watched for longer`, {
        expected,
        actual,
        measured: { idleMs: -1 },
      });
    }
    const idleMs = Math.round(end.at - from);
    const how = end.how === 'close' ? `Close ${end.code ?? 'without a code'}` : end.how.toUpperCase();
    const told = `ended after ${idleMs} ms without a login (${how})`;
    const measured = { idleMs };
    return idleMs > LONG_MS
      ? warn(told, { measured, expected: 'closed within 30 s' })
      : pass(told, { measured });
  },
} satisfies Check;

/** How somebody comes in who does not log in; a sentence where it cannot be told. */
async function stranger(probe: Probe): Promise<DialOptions | { refused: string } | string> {
  const { target, route } = probe;
  if (isLogin(target.hello)) return {};
  if (credentialsOf(target, route).length === 0)
    return 'it is not known how clients log in: say it with --hello, or give credentials';
  const came = await anonymousOf(probe);
  if (isRefusal(came)) return { refused: came.told };
  if (came.reception === 'accepted' && isTelling(await probe.acquaintance()))
    return 'a connection without credentials works as well, so that there is no login to wait for';
  if (came.reception === 'accepted' || came.reception === 'unclear') return anonymous(probe);
  return `it is not clear what becomes of a handshake without credentials: ${came.told}`;
}
