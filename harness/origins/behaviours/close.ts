import type { Behaviour } from '../behaviour.js';

/** `?status=&reason=&after=ms`: accepts, then closes from the server's side. */
const close: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  const reason = talk.url.searchParams.get('reason') ?? '';
  talk.later.after(talk.number('after', 50), () => frames.close(talk.number('status', 1000), reason));
};
export default close;
