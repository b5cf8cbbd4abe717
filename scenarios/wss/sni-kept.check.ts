import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

export default {
  title: 'The name that the client asks for by SNI reaches the origin',
  requirement:
    'Whoever opens TLS and closes it again asks the origin for the name that the client asked for.',
  severity: 'low',
  refs: ['RFC 6455 §4.1', 'RFC 6066 §3'],
  why: 'An origin of several tenants picks certificate and tenant by the name. Without it, it shows the wrong one, or refuses.',
  remedy: 'nginx: proxy_ssl_server_name on; with proxy_ssl_name. Elsewhere: pass the SNI on.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const { servername } = probe.route;
    if (servername === undefined) return skip('there is no name to ask for: the URL has an address');
    const dial = await probe.dial();
    if (!dial.conforms) return skip(`no baseline here: ${told(dial)}`);
    const sighting = await probe.sighting(dial.token, probe.patience.answerMs);
    if (!sighting?.tls) return skip('the origin is reached in clear: TLS ends before it');
    const seen = sighting.servername;
    if (seen === servername) return pass(`the origin was asked for ${servername}`);
    const actual = seen ? `asked for ${show(seen)}` : 'asked for no name';
    return fail(`the origin asked for ${servername}`, actual, { blame: probe.suspect() });
  },
} satisfies Check;
