import type { Peer, Probe } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { type EngineIo, said } from './recognised.js';

const say = (peer: Peer, payload: string) => peer.send(frame({ opcode: 'text', payload, mask: true }));

/** Whether the probe of an upgrade is answered. */
export async function probed({ patience }: Probe, peer: Peer): Promise<boolean> {
  say(peer, '2probe');
  return (await peer.until((one) => said(one) === '3probe', patience.answerMs)) !== undefined;
}

/** Takes a session of long-polling over to a WebSocket, as clients do; undefined where it cannot be had. */
export async function upgraded(
  probe: Probe,
  { path, version }: EngineIo,
  sid: string,
): Promise<Peer | undefined> {
  const made = await probe.dial({ path: path({ EIO: String(version), transport: 'websocket', sid }) });
  if (!made.peer || !made.conforms || !(await probed(probe, made.peer))) return undefined;
  say(made.peer, '5');
  // What comes back for a ping was heard after the packet.
  return (await probe.lives(made.peer)) ? made.peer : undefined;
}
