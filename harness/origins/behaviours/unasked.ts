import type { Behaviour } from '../behaviour.js';

/** 101 to whatever is asked, also where nothing was asked to be switched. */
const unasked: Behaviour = (talk) => {
  talk.switchProtocols([
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ]);
};
export default unasked;
