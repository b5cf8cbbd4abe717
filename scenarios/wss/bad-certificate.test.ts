import t from 'tap';
import type { CertificateKind, Check, Client } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { trustingClient } from '../../harness/testing/careless-client.js';
import { strictClient } from '../../harness/testing/strict-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';

/** Of each flaw, how `ws` does, and what it says where it refuses. */
const flaws: Record<Exclude<CertificateKind, 'good'>, RegExp | undefined> = {
  expired: /certificate has expired/,
  'not-yet-valid': /not yet valid/,
  'wrong-name': /certificate is not for/,
  'self-signed': /self-signed/,
  untrusted: /unable to (verify|get)/,
  'cn-only': undefined,
  'weak-key': undefined,
  'wrong-usage': /not one for servers/,
};

for (const [kind, said] of Object.entries(flaws)) {
  t.test(kind, async (t) => {
    const { default: check } = (await import(`./cert-${kind}.check.js`)) as { default: Check };
    const judge = (client?: Client) => tryCheck(check, { origin: echo(), ...(client && { client }) });

    const strict = await judge(strictClient());
    t.equal(strict.outcome, 'pass', strict.message);

    const ws = await judge();
    if (said) {
      t.equal(ws.outcome, 'pass');
      t.match(ws.message, said);
    } else t.equal(ws.outcome, 'fail', 'Node.js takes it, and the check says so');

    const trusting = await judge(trustingClient());
    t.equal(trusting.outcome, 'fail');
    t.equal(trusting.blame, 'client');
    t.match(trusting.actualText, /^ws that trusts everybody took a certificate /);
  });
}

t.test('a client that refuses everything does not pass', async (t) => {
  const { default: check } = await import('./cert-expired.check.js');
  const { open, ...rest } = trustingClient();
  const client: Client = { ...rest, open: (route) => open({ ...route, url: 'ws://127.0.0.1:9' }) };
  const { outcome, message } = await tryCheck(check, { origin: echo(), client });
  t.equal(outcome, 'skip');
  t.match(message, /does not take a good certificate either/);
});

t.test('a client that sends its request before it looks does not pass', async (t) => {
  const { default: check } = await import('./cert-expired.check.js');
  const { open } = trustingClient();
  let met = 0;
  const client: Client = {
    name: 'hasty',
    async open(route, options) {
      const session = await open(route, options);
      if (++met === 1) return session;
      return {
        opened: false,
        failure: 'on second thoughts',
        send() {},
        next: async () => undefined,
        ended: async () => undefined,
        [Symbol.asyncDispose]: () => Promise.resolve(session[Symbol.asyncDispose]()),
      };
    },
  };
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), client });
  t.equal(outcome, 'fail');
  t.match(actualText, /^hasty sent its request/);
});
