import type { Check } from '../../harness/model.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { recordingProxy } from './proxy.js';
import { blame } from './shown.js';

export default {
  title: 'The client keeps its credentials for a proxy from the server',
  requirement:
    'The Proxy-Authorization header field applies only to the next inbound proxy that demanded authentication.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-522',
  refs: ['RFC 9110 §11.7.2', 'RFC 6455 §4.1'],
  why: 'A server that is sent them can use the proxy, in the name of the one who came.',
  remedy: 'Send Proxy-Authorization with CONNECT alone, and never inside of the tunnel.',
  async run(probe) {
    if (!probe.client.launch)
      return skip('the client is no program of its own, which could be told by its environment');
    const proxy = probe.own(await recordingProxy());
    let leaked: string | undefined;
    await using caught = await probe.lure({
      proxy: proxy.url,
      async serve(visit) {
        leaked = visit.value('proxy-authorization');
        visit.accept();
        await visit.ended(100);
      },
    });
    const measured = { asked: proxy.asked.join(', ') || 'nothing' };
    if (leaked !== undefined)
      return fail('no Proxy-Authorization at the server', 'Proxy-Authorization came to the server', {
        blame,
        measured,
      });
    if (proxy.asked.length === 0)
      return skip('the client uses no proxy named by its environment, or none for this machine');
    if (!caught.visit)
      return info(`it asked the proxy for ${proxy.asked.join(', ')}, and did not come`, measured);
    return pass(`it came through the proxy (${proxy.asked[0]}), without its credentials`, { measured });
  },
} satisfies Check;
