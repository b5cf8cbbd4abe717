import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';
import { perUnit } from '../units.js';

const LATEST_MS = 100;

/** Lets every second message of the origin overtake the one before it. One that nothing overtakes comes a little later. */
const make: MakeSin = () => ({
  tunnel(wire) {
    const swap = swapper<Uint8Array>(wire.toClient);
    return {
      down: perFrame(wire.toClient, (seen) =>
        isData(seen) ? swap(again(seen)) : wire.toClient(again(seen)),
      ),
    };
  },
  through(_request, answer) {
    let held = '';
    return perUnit(
      answer,
      (unit, push) => {
        if (held) push(unit + held);
        held = held ? '' : unit;
      },
      (push) => push(held),
    );
  },
});
export default make;

function swapper<T>(pass: (message: T) => void): (message: T) => void {
  let held: { message: T; timer: NodeJS.Timeout } | undefined;
  return (message) => {
    if (held) {
      clearTimeout(held.timer);
      pass(message);
      pass(held.message);
      held = undefined;
      return;
    }
    const timer = setTimeout(() => {
      held = undefined;
      pass(message);
    }, LATEST_MS);
    held = { message, timer };
  };
}
