import {
  acceptDeflate,
  Deflater,
  formatExtensions,
  Inflater,
  ProtocolFault,
  parseExtensions,
  valueOf,
} from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';
import { echoOf } from '../echo-of.js';

/** Takes up a permessage-deflate offer (RFC 7692), and compresses its echoes then. */
const deflate: Behaviour = (talk) => {
  const agreed = agreementOn(valueOf(talk.request, 'sec-websocket-extensions') ?? '');
  if (agreed === 'malformed') {
    talk.answer(400, [], 'Sec-WebSocket-Extensions is malformed\n');
    return;
  }
  if (!agreed) {
    talk.upgrade();
    return;
  }
  const { answer, terms } = agreed;
  const inflater = new Inflater({ bits: terms.clientBits, takeover: terms.clientTakeover });
  const deflater = new Deflater({ bits: terms.serverBits, takeover: terms.serverTakeover });
  const frames = talk.upgrade({
    fields: [['Sec-WebSocket-Extensions', formatExtensions([answer])]],
    deflate: inflater,
  });
  if (!frames) return;
  frames.onMessage = (message) => {
    for (const { payload = '', ...spec } of echoOf(message, talk.sins)) {
      frames.send({ ...spec, rsv: 4, payload: deflater.deflate(Buffer.from(payload)) });
    }
  };
};

/** RFC 6455 §9.1: what does not conform to the grammar fails the connection. */
function agreementOn(value: string): ReturnType<typeof acceptDeflate> | 'malformed' {
  try {
    return acceptDeflate(parseExtensions(value));
  } catch (fault) {
    if (fault instanceof ProtocolFault) return 'malformed';
    throw fault;
  }
}

export default deflate;
