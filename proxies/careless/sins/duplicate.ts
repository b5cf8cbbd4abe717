import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';
import { perUnit } from '../units.js';

/** Says every message of the origin twice: data frames, server-sent events, lines of a poll's answer. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => {
      wire.toClient(again(seen));
      if (isData(seen)) wire.toClient(again(seen));
    }),
  }),
  through: (_request, answer) =>
    perUnit(answer, (unit, push) => {
      push(unit);
      push(unit);
    }),
});
export default make;
