import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

export default {
  title: 'The client names in Host where it was told to connect to',
  requirement:
    'The request MUST contain a Host header field whose value contains /host/ plus optionally ":" followed by /port/ (when not using the default port).',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §4.1', 'RFC 9112 §3.2'],
  why: 'Servers of several sites choose by it, and caches and proxies keep answers under it.',
  remedy: 'Take Host from the URL, with its port where that is not the default.',
  async run(probe) {
    let host: string | undefined;
    let port = 0;
    await using caught = await probe.lure({
      serve(visit) {
        host = visit.value('host');
        port = visit.port;
        visit.accept();
      },
    });
    if (!caught.visit) return skip('the client did not come');
    const right = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
    if (host !== undefined && right.includes(host.toLowerCase())) return pass(`Host: ${host}`);
    return fail(`Host: ${right[0]}`, host === undefined ? 'no Host' : `Host: ${host}`, { blame });
  },
} satisfies Check;
