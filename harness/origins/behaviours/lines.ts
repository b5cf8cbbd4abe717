import type { Behaviour } from '../behaviour.js';

/** Accepts, and then reads its octets as the lines of a text protocol, as what lies behind a careless bridge does. */
const lines: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  let held = '';
  talk.onOctets = (octets) => {
    const text = (held + Buffer.from(octets).toString('latin1')).slice(-65_536);
    const whole = text.split('\n');
    held = whole.pop() ?? '';
    for (const line of whole) {
      const known = /^(?:SET|GET|MAIL FROM:|RCPT TO:|QUIT)\b/.test(line);
      talk.sighting.note(
        'note',
        known ? `took a command: ${line.trimEnd().slice(0, 80)}` : 'an unknown command',
      );
    }
  };
};
export default lines;
