import type { Check } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { until } from './path.js';
import { askFor, common, isGenuine, newVictim, noCache, shows } from './victim.js';

const EXPECTED = 'the page of the origin';

export default {
  ...common,
  title: 'A request inside an unmasked frame poisons no cache',
  requirement:
    'After a 101 a hop reads no more HTTP on the connection: what looks like a request in the octets of a client is none, and what looks like its answer is not kept.',
  remedy:
    'Tunnel after 101 and stop parsing, as nginx, HAProxy and Squid do; take proxies that inspect traffic without understanding WebSocket out of the way, or use wss. Servers close the connection over an unmasked frame.',
  async run(probe) {
    const why = await noCache(probe);
    if (why !== undefined) return skip(why);
    const victim = newVictim(probe);
    const made = await probe.dial({ path: victim.attacker });
    if (!made.conforms || !made.peer) return skip(`no baseline here: ${told(made)}`);
    const { peer } = made;
    peer.send(frame({ opcode: 'text', payload: victim.request }));
    const answered = () => Buffer.from(peer.received()).includes(victim.page);
    await until(probe, () => answered() || !peer.open);
    const arrived = shows(await probe.sighting(made.token), victim);
    const page = await askFor(probe, victim);
    const blame = probe.suspect();
    if (page.body.includes(victim.page)) {
      const actual = 'a GET of the page got what the attacker had sent through a WebSocket';
      return fail(EXPECTED, actual, { measured: { poisoned: true, unmasked: 'passed' }, blame });
    }
    if (!isGenuine(page))
      return skip(`the page does not get through afterwards: ${page.failure ?? show(page.body, 60)}`);
    if (answered()) {
      return pass('request and answer went through as frames do, and the page was the origin’s', {
        measured: { poisoned: false, unmasked: 'passed' },
      });
    }
    if (!arrived && !peer.open) {
      return pass('a hop ended the connection over the unmasked frame, and the page was the origin’s', {
        measured: { poisoned: false, unmasked: 'rejected', rejectedBy: blame },
      });
    }
    return skip('the attacker’s answer did not come back, so there was nothing that could have been kept');
  },
} satisfies Check;
