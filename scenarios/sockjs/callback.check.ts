import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ask, atSockJs } from './recognised.js';

const MARK = '<svg/wsgauntlet>';

export default {
  title: 'A SockJS endpoint gives the name of a callback back only where it is a name',
  requirement: 'A callback parameter with other characters than those of a name is refused.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-79',
  refs: ['https://nvd.nist.gov/vuln/detail/CVE-2020-8823'],
  judges: 'endpoint',
  why: 'A link to /htmlfile with a script for a callback runs that script in the origin of the endpoint.',
  remedy: 'Update SockJS; refuse /htmlfile and /jsonp.',
  run: (probe) =>
    atSockJs(probe, async ({ transport }) => {
      const told: string[] = [];
      for (const name of ['htmlfile', 'jsonp']) {
        const path = `${transport(name)}?c=${encodeURIComponent(MARK)}`;
        const { status, body, headers, failure } = await ask(probe, path);
        const type = headers.find(([one]) => one.toLowerCase() === 'content-type')?.[1] ?? '';
        if (body.includes(MARK) && (name === 'jsonp' || /html/i.test(type)))
          return fail(
            'a refusal of the callback',
            `/${name} gives ${show(MARK)} back as ${show(type) || 'it is'}`,
            {
              severity: /html/i.test(type) ? 'high' : 'medium',
            },
          );
        if (status === undefined) return skip(`no answer: ${failure}`);
        told.push(`/${name}: ${status}`);
      }
      return pass(`not given back (${told.join(', ')})`);
    }),
} satisfies Check;
