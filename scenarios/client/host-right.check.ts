import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
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
    await using caught = await probe.lure({ serve: (visit) => visit.accept() });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const right = new URL(caught.url).host;
    const host = visit.value('host');
    // This machine may be named by its addresses as well.
    const named = host?.toLowerCase().replace(/^(?:127\.0\.0\.1|\[::1\])(?=:)/, 'localhost');
    if (named !== undefined && [right, right.replace('127.0.0.1', 'localhost')].includes(named))
      return pass(`Host: ${host}`);
    return fail(`Host: ${right}`, host === undefined ? 'no Host' : `Host: ${show(host)}`, { blame });
  },
} satisfies Check;
