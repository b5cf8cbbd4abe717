import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { only, reframing, say } from '../testing/hops.js';
import check from './early-server.check.js';

t.test('passes where it arrives', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches a hop that forgets what it read beyond the head of the 101', async (t) => {
  const via = [carelessHop({ sin: 'drop-ahead' })];
  const said = await tryCheck(check, { origin: echo(), via, patience: { answerMs: 400 } });
  t.match(said, { outcome: 'fail', blame: 'careless-hop', measured: { originToClient: 'dropped' } });
  t.equal(said.actualText, 'it was lost, while later frames arrive');
});

t.test('catches a hop that puts another frame in its place, hangs up or refuses', async (t) => {
  const isEarly = ({ length }: Uint8Array) => length === 'early'.length;
  const other = reframing('down', ({ payload }) => ({
    payload: isEarly(payload) ? Buffer.from('later') : payload,
  }));
  const said = await tryCheck(check, { origin: echo(), via: [other], patience: { answerMs: 400 } });
  t.match(said, { outcome: 'fail', actualText: 'it was lost, while later frames arrive', blame: 'hop' });
  const greeting = async (does: Parameters<typeof only>[1]) => {
    const via = [only(({ url = '' }) => url.startsWith('/early'), does)];
    const said = await tryCheck(check, { origin: echo(), via, patience: { answerMs: 400 } });
    t.match(said, { outcome: 'fail', blame: 'hop' });
    return said.actualText;
  };
  const ended = await greeting((site) => handshake(site, { tunnel: ({ drop }) => ({ down: drop }) }));
  t.equal(ended, 'the connection ended (fin) without it');
  t.equal(await greeting(say(403)), 'refused with 403 Forbidden');
});

t.test('says nothing without a baseline', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
