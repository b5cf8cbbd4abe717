import type { Behaviour } from '../behaviour.js';

/** Accepts, then sends a masked text frame, which a client must not take (RFC 6455 §5.1). */
const masked: Behaviour = (talk) => {
  talk.upgrade()?.send({ opcode: 'text', payload: 'masked', mask: true });
};
export default masked;
