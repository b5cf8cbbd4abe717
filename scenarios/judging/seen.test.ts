import t from 'tap';
import type { WebSocket } from 'ws';
import type { Check } from '../../harness/model.js';
import { tryAt } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';
import { info } from '../../harness/verdict.js';
import { seen } from './seen.js';

const FOREIGN = { change: { Origin: 'https://foreign.example' } };

/** How a foreign page is received, once the baseline is known. */
const look: Check = {
  title: 't',
  requirement: 'It MUST.',
  severity: 'low',
  refs: [],
  judges: 'endpoint',
  async run(probe) {
    await probe.acquaintance();
    const { reception, told } = await seen(probe, FOREIGN);
    return info(`${reception}: ${told}`);
  },
};

/** Whether a connection is dropped: whether it is a foreign page’s, and how many of them there were with it. */
type Rule = (foreign: boolean, foreigners: number) => boolean;

const dropping = (title: string, drops: Rule) => {
  let foreigners = 0;
  return wsOrigin({ title }, {}, (socket, { headers }) => {
    const foreign = headers.origin === FOREIGN.change.Origin;
    if (foreign) foreigners++;
    if (drops(foreign, foreigners)) return socket.terminate();
    echoes(socket);
  });
};

const WAYS: Readonly<Record<string, readonly [reception: string, drops: Rule]>> = {
  'drops foreign pages': ['late', (foreign) => foreign],
  'drops one': ['unclear', (foreign, foreigners) => foreign && foreigners === 1],
  'drops all after a while': ['unclear', (_, foreigners) => foreigners > 0],
};

t.test('an end without a word is a refusal where it comes again, and others live', async (t) => {
  for (const [title, [reception, drops]] of Object.entries(WAYS)) {
    const { message } = await tryAt(look, { origin: dropping(title, drops) });
    t.match(message, new RegExp(`^${reception}: 101, then (FIN|RST)`), title);
  }
});

t.test('who lets go of one connection for the next has refused nobody', async (t) => {
  let last: WebSocket | undefined;
  const single = wsOrigin({ title: 'one at a time' }, {}, (socket) => {
    last?.close(4009, 'elsewhere');
    last = socket;
    echoes(socket);
  });
  const both: Check = {
    ...look,
    async run(probe) {
      await probe.acquaintance();
      const came = await Promise.all([seen(probe, FOREIGN), seen(probe, {})]);
      return info(came.map(({ reception }) => reception).join(' '));
    },
  };
  t.notMatch((await tryAt(both, { origin: single })).message, /late/);
});
