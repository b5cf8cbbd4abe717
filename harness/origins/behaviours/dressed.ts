import type { Behaviour } from '../behaviour.js';

/** An echo whose 101 carries two cookies and a header of its own. */
const dressed: Behaviour = (talk) => {
  const fields = [
    ['Set-Cookie', 'gauntlet-visit=Aa1; Path=/; HttpOnly'],
    ['Set-Cookie', 'gauntlet-taste=plain'],
    ['X-Gauntlet-Answer', 'Kept as it is'],
  ] as const;
  talk.upgrade({ fields });
};
export default dressed;
