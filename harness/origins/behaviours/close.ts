import type { Behaviour } from '../behaviour.js';

/** `?code=&reason=&after=ms`: accepts, then closes from the server's side. */
const close: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  const reason = talk.url.searchParams.get('reason') ?? '';
  talk.after(talk.number('after', 50), () => talk.close(talk.number('code', 1000), reason));
};
export default close;
