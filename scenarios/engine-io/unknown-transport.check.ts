import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { leaksIn, leaksTold } from '../judging/leaks.js';
import { ask, atEngineIo, openIn } from './recognised.js';

export default {
  title: 'An Engine.IO server refuses a transport that it does not know, and tells nothing else',
  requirement:
    'A request for an unknown transport is answered with 400 and {"code":0,"message":"Transport unknown"}.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-209',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#from-a-websocket-client'],
  judges: 'endpoint',
  why: 'Errors that are not foreseen show stack traces and paths, and one that is not caught ends the process.',
  remedy: 'Let Engine.IO answer its own paths; put an error handler behind the application’s.',
  run: (probe) =>
    atEngineIo(probe, async ({ path, version }) => {
      const query = path({ EIO: String(version), transport: 'wsgauntlet' });
      const { status, body, failure } = await ask(probe, query);
      if (status === undefined) return warn(`no answer: ${failure}`);
      const leaks = leaksIn(body);
      if (leaks.length > 0)
        return fail('no more than that it is unknown', `${status}, with ${leaksTold(leaks)}`);
      if (openIn(body)) return fail('a refusal', `a session, with ${status}`);
      if (status >= 500) return fail('a refusal with 400', `${status}, an error of the server’s own`);
      return status >= 400
        ? pass(`refused with ${status} ${show(body.slice(0, 80))}`)
        : warn(`answered with ${status}`, { expected: '400', actual: String(status) });
    }),
} satisfies Check;
