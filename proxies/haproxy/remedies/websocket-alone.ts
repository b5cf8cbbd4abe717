import type { RemedyUnit } from '../../common/remedies.js';
import { type HaproxyState, SECTION } from '../state.js';

const LINE = 'http-request del-header Upgrade unless { req.fhdr(Upgrade) -i -m str websocket }';

export default {
  title: 'pass Upgrade on only where it says websocket, and nothing beside it',
  checks: ['cross-protocol/h2c'],
  parts: () => [{ where: SECTION, lines: [LINE] }],
  apply: (state) => (!state.http || state.websocketAlone ? undefined : { ...state, websocketAlone: true }),
} satisfies RemedyUnit<HaproxyState>;
