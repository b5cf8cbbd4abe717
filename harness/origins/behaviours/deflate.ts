import { acceptDeflate, formatExtensions, Inflater, parseExtensions, valueOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';

/** Takes up a permessage-deflate offer (RFC 7692); its echoes are not compressed, which is allowed. */
const deflate: Behaviour = (talk) => {
  const agreed = acceptDeflate(parseExtensions(valueOf(talk.request, 'sec-websocket-extensions') ?? ''));
  if (!agreed) {
    talk.upgrade();
    return;
  }
  const { answer, terms } = agreed;
  const inflater = new Inflater({ bits: terms.clientBits, takeover: terms.clientTakeover });
  talk.upgrade({ fields: [['Sec-WebSocket-Extensions', formatExtensions([answer])]], deflate: inflater });
};
export default deflate;
