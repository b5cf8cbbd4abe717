import type { Peer, Probe, Verdict } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';

/** How many fragments a message has had when it is looked at whether it is still taken. */
const STAGES = [1000, 4000, 20_000];

/** Sends a text in fragments of that payload which does not end, and tells when the endpoint has had enough. */
export async function floodOf(probe: Probe, payload: string): Promise<Verdict> {
  const { pongs } = await probe.acquaintance();
  const [bystander, peer] = await Promise.all([probe.meet(), probe.meet()]);
  const begin = frame({ opcode: 'text', fin: false, payload: 'a', mask: true });
  const more = frame({ opcode: 'continuation', fin: false, payload, mask: true });
  const expected = `the connection ends before a message has had ${STAGES.at(-1)} fragments`;
  peer.send(begin);
  let sent = 1;
  for (const stage of STAGES) {
    peer.send(Buffer.concat(Array.from({ length: stage - sent }, () => more)));
    const before = sent;
    sent = stage;
    const state = await stateOf(probe, peer, pongs);
    if (!(await probe.lives(bystander)))
      return state === 'ended'
        ? skip('connections end here by themselves')
        : fail(expected, `others are not served any more after ${sent} fragments`, {
            blame: probe.suspect(),
          });
    if (state === 'ended') {
      const end = await peer.farewell(0);
      const told = end ? endTold(end) : 'the end';
      return pass(`ended between ${before} and ${sent} fragments: ${told}`, {
        measured: { fragments: sent },
      });
    }
    if (state === 'silent')
      return fail(expected, `after ${sent} fragments pings are not answered any more`, {
        blame: probe.suspect(),
      });
  }
  const actual = `${sent} fragments of a message that does not end are held`;
  return warn(actual, { expected, actual, measured: { fragments: -1 }, severity: 'medium' });
}

/** Within a message no other can show that the connection works; a ping can. */
async function stateOf(probe: Probe, peer: Peer, pongs: boolean): Promise<'open' | 'ended' | 'silent'> {
  const { answerMs } = probe.patience;
  const asked = Buffer.from('still there');
  if (pongs) peer.send(frame({ opcode: 'ping', payload: asked, mask: true }));
  const pong = await peer.until(({ opcode, payload }) => opcode === 10 && asked.equals(payload), answerMs);
  if (pong) return 'open';
  if (!peer.open) return 'ended';
  return pongs ? 'silent' : 'open';
}

/** What these checks have in common. */
export const common = {
  requirement:
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  kind: 'vulnerability',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4', 'RFC 6455 §5.4'],
  judges: 'endpoint',
  reach: 'intrusive',
  remedy: 'Bound the number of fragments of a message besides their sum, and close with 1008 or 1009.',
  fixes: { ws: 'new WebSocketServer({ maxFragments: 1024 })' },
} as const;
