import { careless } from '../../harness/origins/careless.js';
import type { Controls } from '../../harness/testing/controls.js';

const target = { subprotocols: ['of.the.server'] };

export default { careless: { origin: careless(['own-subprotocol']), target } } satisfies Controls;
