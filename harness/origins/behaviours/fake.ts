import { acceptValue, type Field, freshKey, valueOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';

/** `?without=accept|upgrade|connection` or `?wrong=accept|upgrade`: a 101 that is not one, and frames after it. */
const fake: Behaviour = (talk) => {
  const without = talk.url.searchParams.get('without');
  const wrong = talk.url.searchParams.get('wrong');
  const key = wrong === 'accept' ? freshKey() : (valueOf(talk.request, 'sec-websocket-key') ?? '');
  const fields: Field[] = [
    ['Upgrade', wrong === 'upgrade' ? 'gauntlet' : 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptValue(key)],
  ];
  talk.switchProtocols(fields.filter(([name]) => without === null || !name.toLowerCase().endsWith(without)));
  talk.listen();
};
export default fake;
