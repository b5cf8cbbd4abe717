import type { Probe, Verdict, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { mustEndEach } from '../judging/violation.js';

/** A text that is not UTF-8, and what messages call it. */
export type Text = readonly [name: string, octets: Uint8Array];

/** Replacement characters, mostly: the application never sees what was wrong. */
const MENDED = 'something else, put in its place';
const SOUND = Buffer.from('κόσμε');

/**
 * Judges that texts which are not UTF-8 end the connection, with 1007. Whether an endpoint goes on after one without
 * having heeded it is told where it echoes.
 */
export async function mustNotTake(probe: Probe, texts: readonly Text[]): Promise<Verdict> {
  const text = (payload: Uint8Array) => frame({ opcode: 'text', payload, mask: true });
  const wrongs = texts.map(([name, octets]) => ({ name, send: [text(octets)] }));
  const verdict = await mustEndEach(probe, wrongs, { legal: [text(SOUND)], codes: [1007] });
  if (verdict.outcome === 'skip') return (await toldApart(probe, texts)) ?? verdict;
  if (verdict.outcome !== 'fail') return verdict;
  const name = texts.find(([name]) => verdict.message.includes(name))?.[0] ?? 'it';
  const back = await echoed(probe, texts);
  if (back === undefined) return verdict;
  const { expected = '', blame } = verdict;
  const extras = {
    ...(blame !== undefined && { blame }),
    ...(back === MENDED && { severity: 'low' as const }),
  };
  return fail(expected, `${name} came back as ${back}`, extras);
}

/** Where no text of ours is welcome, one that is not UTF-8 may still be closed over for that, and a sound one not. */
async function toldApart(probe: Probe, texts: readonly Text[]): Promise<Verdict | undefined> {
  const codeFor = async (payload: Uint8Array) => {
    await using peer = await probe.meet();
    peer.send(frame({ opcode: 'text', payload, mask: true }));
    return (await peer.farewell(probe.patience.answerMs))?.code;
  };
  if ((await codeFor(SOUND)) === 1007) return undefined;
  for (const [, octets] of texts) if ((await codeFor(octets)) !== 1007) return undefined;
  return pass(`each of ${texts.length}: closed with 1007, and a sound text is not`);
}

/** What became of the first text that comes back, where the endpoint echoes. */
async function echoed(probe: Probe, texts: readonly Text[]): Promise<string | undefined> {
  if ((await probe.acquaintance()).again !== 'echo') return undefined;
  const peer = await probe.meet();
  for (const [, octets] of texts) {
    peer.send(frame({ opcode: 'text', payload: octets, mask: true }));
    const isData = ({ opcode }: WireFrame) => opcode === 1 || opcode === 2;
    const back = await peer.until(isData, probe.patience.answerMs);
    if (!back) continue;
    return Buffer.compare(back.payload, octets) === 0 ? 'it was sent' : MENDED;
  }
  return undefined;
}

/** What these checks have in common. */
export const common = {
  requirement:
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST fail the WebSocket connection.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-176',
  judges: 'endpoint',
  remedy: 'Have text checked strictly before the application sees it, and close with 1007.',
  fixes: { ws: 'new WebSocketServer({ skipUTF8Validation: false }) // the default' },
} as const;

/** Of checks that send so many texts, and look at one again. */
export const budgetFor = (texts: number) => ({ connections: 2 * texts + 4, atOnce: texts + 3 });
