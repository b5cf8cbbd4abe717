import type { Check, Probe, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { survivalConnections, survived } from '../judging/survival.js';

const DEPTH = 10_000;
const WIDTH = 256 * 1024;

export default {
  title: 'JSON that is nested ten thousand deep does no harm',
  requirement: 'An application bounds the depth and the size of what it parses.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-674',
  refs: ['RFC 8259 §9', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'Code that walks through what it was sent calls itself once for every level. Where nobody counts, one message uses up the stack and ends the process.',
  remedy:
    'Bound messages to what the application needs, and validate them with a schema and a limit of depth before they are walked through.',
  reach: 'crash',
  budget: { connections: survivalConnections(2) + 4, octets: 2 * 1024 * 1024, seconds: 40 },
  async run(probe) {
    if (!(await speaksJson(probe))) return skip('the messages of the baseline are not JSON');
    const bombs = {
      'an array nested so deep': `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`,
      'an object nested so deep': `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
      'a key of 256 KiB': `{"${'a'.repeat(WIDTH)}":1}`,
    };
    return survived(probe, async () => {
      for (const [name, payload] of Object.entries(bombs)) {
        await using peer = await probe.meet();
        peer.send(frame({ opcode: 'text', payload, mask: true }));
        if (!(await probe.lives(peer)) && peer.open)
          return fail('an answer, or an end', `after ${name} the connection stayed open, in silence`);
      }
      return pass('the server goes on after JSON that is deep or wide');
    });
  },
} satisfies Check;

async function speaksJson(probe: Probe): Promise<boolean> {
  const { greeting, answer } = await probe.acquaintance();
  const texts = [...greeting, ...(answer ? [answer] : [])].filter(({ opcode }) => opcode === 1);
  return texts.some(isJson) || isObject(probe.target.hello ?? '');
}

const isJson = ({ payload }: WireFrame): boolean => isObject(Buffer.from(payload).toString());

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
