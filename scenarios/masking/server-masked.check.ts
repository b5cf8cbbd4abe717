import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

export default {
  title: 'The client ends the connection over a masked frame of the server’s',
  requirement: 'A client MUST close a connection if it detects a masked frame.',
  severity: 'medium',
  judges: 'client',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1'],
  why: 'A masked frame from the server is one that was reflected, or comes from something that takes itself for a client. Who takes it lets what one side sent be turned against it.',
  remedy: 'Fail the connection with 1002 when the MASK bit is set on a received frame.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which masks a frame');
    const { answerMs } = probe.patience;
    const control = await probe.open({ path: '/early' });
    if (!control.opened)
      return skip(`${probe.client.name} could not be opened: ${control.failure ?? 'no reason given'}`);
    if ((await control.next(answerMs)) !== 'early') {
      return skip('the client does not get an unmasked frame of the server’s either');
    }
    const wire = (await probe.raw({ path: '/masked' })).received();
    // 0x81 0x86: FIN and text, masked, six octets.
    if (!Buffer.from(wire).includes(Buffer.of(0x81, 0x86)))
      return skip('a hop does not pass masked frames of servers on, so the client never gets one');
    const session = await probe.open({ path: '/masked' });
    if (!session.opened)
      return skip(`${probe.client.name} could not be opened: ${session.failure ?? 'no reason given'}`);
    const message = await session.next(answerMs);
    const expected = 'the client ends the connection';
    if (message !== undefined) return fail(expected, 'the client took the message', { blame: 'client' });
    const end = await session.ended(answerMs);
    if (!end) return fail(expected, 'the client stayed open', { blame: 'client' });
    const seen = session.token === undefined ? undefined : await probe.sighting(session.token);
    const said = seen && (await Promise.race([seen.ended, probe.wait(answerMs)]));
    const code = said?.code === undefined ? 'without a Close frame' : `with ${said.code}`;
    return pass(`the client ended the connection ${code}`, {
      measured: { clientSaw: end.how, ...(said && { originSaw: said.how }) },
    });
  },
} satisfies Check;
