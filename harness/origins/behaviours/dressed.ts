import type { Behaviour } from '../behaviour.js';

/** An echo whose 101 carries a cookie and a header of its own. */
const dressed: Behaviour = (talk) => {
  const fields = [
    ['Set-Cookie', 'gauntlet-visit=Aa1; Path=/; HttpOnly'],
    ['X-Gauntlet-Answer', 'Kept as it is'],
  ] as const;
  talk.upgrade({ fields });
};
export default dressed;
