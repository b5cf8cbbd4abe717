import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { keysPass, openSeen } from '../masking/seen-frames.js';
import { until } from './path.js';

const MESSAGES = 16;
/** Of a masked frame of up to 125 octets. */
const FRAME_HEAD = 6;

export default {
  title: 'What an application sends is no command to a text protocol',
  requirement:
    'No message, whatever an application puts into it, arrives as a line of its own at a server that reads lines.',
  severity: 'high',
  cwe: 'CWE-918',
  refs: ['RFC 6455 §10.3', 'RFC 6455 §5.3'],
  why: 'Mail, Redis and memcached servers pass over lines that they do not know and heed the next that they do. A script that can put a line of its choice on a connection to one of them commands it, from inside the firewall.',
  remedy:
    'Clients: mask every frame with a fresh random key. Servers: hang up at the first line that is not of the protocol (Redis does at POST and Host:, Postfix at HTTP methods), and let no bridge from WebSocket to TCP lead to such a port.',
  async run(probe) {
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    const passed = await keysPass(probe);
    const opened = await openSeen(probe, '/lines');
    if ('why' in opened) return skip(opened.why);
    const { session, seen } = opened;
    const mark = randomBytes(6).toString('hex');
    const lines = [`SET gauntlet ${mark}`, `MAIL FROM:<${mark}@gauntlet.test>`];
    const message = `\r\n${lines.join('\r\n')}\r\n`;
    for (let n = 0; n < MESSAGES; n++) session.send(message);
    const all = MESSAGES * (FRAME_HEAD + message.length);
    const came = () =>
      Buffer.from(seen.raw)
        .toString('latin1')
        .split('\n')
        .map((line) => line.trimEnd());
    const shown = () => lines.find((line) => came().includes(line));
    await until(probe, () => seen.raw.length >= all || shown() !== undefined);
    const line = shown();
    if (line !== undefined) {
      return fail('no line of the sender’s choice', `"${line}" came to the server as a line of its own`, {
        blame: passed ? 'client' : probe.suspect(),
      });
    }
    if (!passed) {
      return skip(
        'a hop opens and masks frames anew here, so what the client puts on the wire cannot be seen',
      );
    }
    if (seen.raw.length < all) return skip(`only ${seen.raw.length} of ${all} octets came to the origin`);
    return pass(`no line of ${MESSAGES} messages came to the server as one`);
  },
} satisfies Check;
