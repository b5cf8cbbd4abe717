import t from 'tap';
import { dial } from '../harness/clients/dial.js';
import type { Intermediary } from '../harness/model.js';
import { needing, place } from './testing/place.js';

/** An intermediary of a user's own: a plain object, nothing of ours in it. */
const haproxy: Intermediary = {
  name: 'haproxy',
  role: 'reverse',
  image: 'haproxy:lts-alpine',
  version: ['haproxy', '-v'],
  argv: ({ dir }) => ['haproxy', '-db', '-f', `${dir}/haproxy.cfg`],
  files: ({ listen, upstream }) => ({
    'haproxy.cfg': `
      defaults
        mode http
        timeout connect 2s
        timeout client 5s
        timeout server 5s
        timeout tunnel 1s
      listen gauntlet
        bind ${listen.host}:${listen.port}
        server origin ${upstream.host}:${upstream.port}
`,
  }),
};

t.test(
  'haproxy: open both ways, and cut after timeout tunnel, the origin’s side by RST',
  await needing(haproxy),
  async (t) => {
    const { route, sightings, hops } = await place(t, [haproxy]);
    t.match(hops[0]!.service.version, /^\d+\.\d+/);
    await using attempt = await dial(route, { subprotocols: ['chat'] });
    t.ok(attempt.conforms);
    t.ok(await attempt.peer!.echo());
    t.match(await attempt.peer!.farewell(4000), { how: 'fin' });
    t.match(await (await sightings!.of(attempt.token, 1000))!.ended, { how: 'rst' });
  },
);
