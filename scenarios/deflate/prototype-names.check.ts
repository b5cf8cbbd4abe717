import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';
import { survivalConnections, survived } from '../judging/survival.js';
import { extensionsOf, offer, toldOf } from './terms.js';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const OFFERS = NAMES.flatMap((name) => [name, `permessage-deflate; ${name}=1`]);

export default {
  title: 'Extensions and parameters called like properties of every object do no harm',
  requirement: 'A server looks names that a client chose up among those that it has defined itself.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1321',
  refs: ['RFC 6455 §9.1', 'https://cwe.mitre.org/data/definitions/1321.html'],
  judges: 'endpoint',
  why: 'In JavaScript and its like an object has a constructor and a toString without having been given one. A lookup that finds those calls something else than was meant, and an error that nobody catches ends the process.',
  remedy: 'Look names up in a Map, or in an object without a prototype.',
  reach: 'crash',
  budget: { connections: survivalConnections(2 * OFFERS.length), seconds: 40 },
  run: (probe) =>
    survived(probe, async () => {
      for (const offered of OFFERS) {
        const made = await offer(probe, offered);
        const value = extensionsOf(made);
        const told = `“${offered}”: ${toldOf(made)}`;
        if (/constructor|__proto__|tostring|hasownproperty/i.test(value))
          return fail('a 101 without it', `“${offered}” is agreed to: “${show(value)}”`, {
            severity: 'medium',
          });
        if (enough(made)) return skip(ENOUGH);
        if (!made.answer) return fail('an answer', told);
        if (made.answer.status >= 500)
          return fail('a 101 without it, or a 4xx', told, { severity: 'medium' });
        await made[Symbol.asyncDispose]();
      }
      return pass('offers by such names are passed over or refused');
    }),
} satisfies Check;
