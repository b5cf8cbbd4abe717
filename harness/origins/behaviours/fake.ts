import { acceptValue, type Field, freshKey, valueOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';

const MORE: Readonly<Record<string, Field>> = {
  extension: ['Sec-WebSocket-Extensions', 'x-gauntlet'],
  subprotocol: ['Sec-WebSocket-Protocol', 'gauntlet.other'],
  subprotocols: ['Sec-WebSocket-Protocol', 'gauntlet.a, gauntlet.b'],
};

/**
 * `?without=accept|upgrade|connection`, `?wrong=accept|upgrade` or `?with=extension|subprotocol|subprotocols`: a 101
 * that is not one, and frames after it.
 */
const fake: Behaviour = (talk) => {
  const without = talk.url.searchParams.get('without');
  const wrong = talk.url.searchParams.get('wrong');
  const more = MORE[talk.url.searchParams.get('with') ?? ''];
  const key = wrong === 'accept' ? freshKey() : (valueOf(talk.request, 'sec-websocket-key') ?? '');
  const fields: Field[] = [
    ['Upgrade', wrong === 'upgrade' ? 'gauntlet' : 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptValue(key)],
    ...(more ? [more] : []),
  ];
  talk.switchProtocols(fields.filter(([name]) => without === null || !name.toLowerCase().endsWith(without)));
  talk.listen();
};
export default fake;
