import { type Check, echo, nginx, type Scenario, squid } from '../../harness/index.js';

/** Markup that would run if it were ever taken for markup. */
const MARKUP = `<script>window.owned=1</script>'"><img src=x onerror=window.owned=2>`;

const everything: Check & { id: string } = {
  id: 'hostile/everything',
  title: 'Whatever a peer may send',
  requirement: 'It is shown, and obeyed nowhere.',
  severity: 'low',
  refs: ['RFC 6455 §7.1.6'],
  async run(probe) {
    await using attempt = await probe.dial({
      path: `/echo?access_token=SECRET-one&x=${encodeURIComponent(MARKUP)}&y=\x1b[31m`,
      headers: [
        ['Cookie', 'session=SECRET-two'],
        ['Authorization', 'Bearer SECRET-three-0123456789'],
        ['X-Odd', MARKUP],
      ],
    });
    const reason = Buffer.from(`\x03\xe8${MARKUP} token=SECRET-four`, 'latin1');
    attempt.peer?.send(Buffer.concat([Buffer.from([0x88, 0x80 | reason.length, 0, 0, 0, 0]), reason]));
    await attempt.peer?.farewell(2000);
    const actual = `${MARKUP} Set-Cookie: id=SECRET-five`;
    return { outcome: 'fail', message: MARKUP, expected: 'nothing', actual, blame: 'nginx' };
  },
};

/** A peer that tries to get out of the report and leaves secrets everywhere, through Squid and nginx. */
export default {
  title: 'A peer that tries',
  origin: echo(),
  via: [squid({ mode: 'accelerator', upgrade: true }), nginx({ websocket: true })],
  checks: [everything, 'opening/upgrade'],
} satisfies Scenario;
