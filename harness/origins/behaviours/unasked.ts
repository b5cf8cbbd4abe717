import type { Behaviour } from '../behaviour.js';

/** `?after=ms`: 101 to whatever is asked, also where nothing was asked to be switched; then FIN, if so asked. */
const unasked: Behaviour = (talk) => {
  talk.switchProtocols([
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ]);
  if (talk.url.searchParams.has('after')) talk.later.after(talk.number('after', 0), () => talk.end());
};
export default unasked;
