import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { until } from './path.js';
import { askFor, common, isGenuine, newVictim, noCache, shows } from './victim.js';

const EXPECTED = 'the page of the origin';

export default {
  ...common,
  title: 'A request inside a masked frame poisons no cache, however careless',
  requirement:
    'A client MUST mask all frames that it sends to the server, so that what an application sends is not seen as HTTP by anything in between.',
  remedy:
    'Clients: mask every frame with a fresh random key. Hops: do not unmask what is only to be passed on, and do not look for HTTP in it.',
  async run(probe) {
    const why = await noCache(probe);
    if (why !== undefined) return skip(why);
    const { answerMs } = probe.patience;
    const [ours, theirs] = [newVictim(probe), newVictim(probe)];
    const session = await probe.open({ path: theirs.attacker });
    if (!session.opened || session.token === undefined) {
      return skip(`${probe.client.name} could not be opened: ${session.failure ?? 'no token'}`);
    }
    session.send(theirs.request);
    const seen = await probe.sighting(session.token, answerMs);
    const came = await until(probe, () => (seen?.raw.length ?? 0) > theirs.request.length);
    // The same from a client of ours, whose answer is seen to come back: then that of the other has come, too.
    const made = await probe.dial({ path: ours.attacker });
    if (!made.conforms || !made.peer) return skip(`no baseline here: ${told(made)}`);
    const { peer } = made;
    peer.send(frame({ opcode: 'text', payload: ours.request, mask: true }));
    const answered = await until(probe, () => Buffer.from(peer.received()).includes(ours.page));
    const [page, other] = [await askFor(probe, ours), await askFor(probe, theirs)];
    const shown = shows(seen, theirs);
    const measured = { poisoned: true };
    if (other.body.includes(theirs.page)) {
      const actual = `a GET got what ${probe.client.name} was answered through a WebSocket`;
      return fail(EXPECTED, shown ? `${actual}: its frame shows the request as it is` : actual, {
        measured,
        blame: shown ? 'client' : probe.suspect(),
      });
    }
    if (page.body.includes(ours.page)) {
      const actual =
        'a GET got what was answered to a masked frame: a hop unmasks frames and reads requests in them';
      return fail(EXPECTED, actual, { measured, blame: probe.suspect() });
    }
    if (!isGenuine(page) || !isGenuine(other)) return skip('the pages do not get through afterwards');
    if (!came || !answered) {
      return skip('the attacker’s answer did not come back, so there was nothing that could have been kept');
    }
    if (shown) {
      return warn(
        `the pages were the origin’s, but the frame of ${probe.client.name} shows the request as it is`,
        {
          measured: { poisoned: false },
          blame: 'client',
        },
      );
    }
    return pass('requests and answers went through as frames do, and the pages were the origin’s', {
      measured: { poisoned: false },
    });
  },
} satisfies Check;
