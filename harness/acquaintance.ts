import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialect, dialectsOf, refusedIn } from './acquaintance/dialect.js';
import { fits, isData, show } from './acquaintance/signs.js';
import { denies, similar } from './acquaintance/similar.js';
import { describe, endTold, messageTold } from './acquaintance/told.js';
import { CannotTry } from './cannot-try.js';
import type { Acquaintance, Dial, Knock, Peer, Reception, Sign, Target, WireFrame } from './model.js';

export { describe } from './acquaintance/told.js';

/** How long a greeting is waited for, after the 101. */
const GREETING_MS = 300;
/** A server that lets a connection in and then looks at it has said so by then. */
const LATE_MS = 1000;

/** Some servers drop a connection now and then. */
const TRIES = 3;
const PAUSE_MS = 300;

/** Opens a connection as a well-meaning client does. */
type Attempt = () => Promise<Dial>;

/**
 * The baseline: whether a well-meaning client is let in, and by what it can tell.
 * @throws CannotTry with the reason, where it is not
 */
export async function acquaint(attempt: Attempt, target: Target, answerMs: number): Promise<Acquaintance> {
  for (let tries = 1; ; tries++) {
    try {
      return await measured(attempt, target, answerMs);
    } catch (fault) {
      if (!(fault instanceof Passing) || tries === TRIES) throw fault;
      await sleep(PAUSE_MS);
    }
  }
}

/** No baseline, by what may be otherwise the next time. */
class Passing extends CannotTry {}

async function measured(attempt: Attempt, target: Target, answerMs: number): Promise<Acquaintance> {
  const made = await attempt();
  const since = performance.now();
  const peer = letIn(made);
  const headers = made.answer?.headers ?? [];
  const value = (name: string) => headers.find(([one]) => one.toLowerCase() === name)?.[1];
  const [subprotocol, extensions] = [value('sec-websocket-protocol'), value('sec-websocket-extensions')];
  const greeting = target.expect && target.hello === undefined ? [] : await greetingOf(peer);
  const plain = target.expect === undefined && target.hello === undefined;
  const dialects = plain ? dialectsOf(greeting) : [];
  const found =
    (await spoken(peer, attempt, target, greeting, dialects, answerMs)) ??
    (await firstSign(peer, attempt, target, greeting, answerMs));
  const signMs = performance.now() - since;
  const pongs = found.sign === 'pong' || (await show(found.peer, 'pong', target, answerMs)).came;
  // A hello that logs in is not to be said twice, nor does a greeting come twice.
  const once = found.dialect !== undefined;
  const repeats =
    !once && (found.sign === 'pong' || (await show(found.peer, found.sign, target, answerMs)).came);
  const again: Sign = repeats ? found.sign : pongs ? 'pong' : 'open';
  await found.peer[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
  return {
    sign: found.sign,
    again,
    pongs,
    greeting: greeting.slice(0, 4),
    ...(found.answer && { answer: found.answer }),
    ...(found.dialect && { dialect: found.dialect }),
    ...(subprotocol !== undefined && { subprotocol }),
    ...(extensions !== undefined && { extensions }),
    headers,
    signMs,
  };
}

function letIn(made: Dial): Peer {
  if (made.peer && made.conforms) return made.peer;
  const { handshake, answer } = made;
  const mayPass = handshake === 'reset' || answer?.status === 429 || answer?.status === 503;
  throw new (mayPass ? Passing : CannotTry)(`no baseline here: ${describe(made)}`);
}

async function greetingOf(peer: Peer): Promise<WireFrame[]> {
  const { messages } = await show(peer, 'open', NOBODY, GREETING_MS);
  return messages;
}

const NOBODY: Target = { path: '', headers: [], allowedOrigins: [], subprotocols: [] };

interface Found {
  sign: Sign;
  peer: Peer;
  answer?: WireFrame;
  dialect?: Dialect;
}

/** The first of these ways of talking that brings a sign about. */
async function spoken(
  peer: Peer,
  attempt: Attempt,
  target: Target,
  greeting: readonly WireFrame[],
  dialects: readonly Dialect[],
  answerMs: number,
): Promise<Found | undefined> {
  // A greeting may be all that comes before a refusal.
  if (await peer.farewell(0)) return undefined;
  for (const dialect of dialects) {
    const way = { ...target, ...dialect };
    if (dialect.hello === undefined) {
      if (peer.open && greeting.some((one) => fits(one, way))) return { sign: 'expected', peer, dialect };
    }
    const fresh = peer.open ? peer : letIn(await attempt());
    const { came, messages } = await show(fresh, 'expected', way, answerMs);
    const answer = messages.findLast((one) => fits(one, way));
    if (came && answer) return { sign: 'expected', peer: fresh, answer, dialect };
  }
  return undefined;
}

async function firstSign(
  peer: Peer,
  attempt: Attempt,
  target: Target,
  greeting: readonly WireFrame[],
  answerMs: number,
): Promise<Found> {
  const ended = await peer.farewell(0);
  if (ended)
    throw new Passing(`no baseline here: the 101 was followed by ${lastWords(greeting, endTold(ended))}`);
  if (target.expect) {
    if (greeting.some((message) => fits(message, target))) return { sign: 'expected', peer };
    const { came, messages } = await show(peer, 'expected', target, answerMs);
    const match = messages.find((message) => fits(message, target));
    if (came && match) return { sign: 'expected', peer, answer: match };
    const end = await peer.farewell(0);
    const seen = lastWords([...greeting, ...messages], end ? endTold(end) : 'nothing more');
    throw new CannotTry(`no baseline here: no message fits ${String(target.expect)}; what came was ${seen}`);
  }
  if (target.hello !== undefined) {
    const { came, messages } = await show(peer, 'answer', target, answerMs);
    if (came) return { sign: 'answer', peer, answer: messages[0]! };
  } else if ((await show(peer, 'echo', target, answerMs)).came) {
    return { sign: 'echo', peer };
  }
  const open = peer.open ? peer : letIn(await attempt());
  const { came } = await show(open, 'pong', target, answerMs);
  if (!open.open) throw new Passing('no baseline here: connections are accepted and then end by themselves');
  return { sign: came ? 'pong' : 'open', peer: open };
}

const lastWords = (messages: readonly WireFrame[], otherwise: string): string =>
  [...messages.slice(-1).map(messageTold), otherwise].join(', then ');

/** Reads on past the 101, and holds what it sees against the baseline. */
export async function received(
  made: Dial,
  known: Acquaintance,
  spoken: Target,
  answerMs: number,
): Promise<Pick<Knock, 'reception' | 'told' | 'messages'>> {
  const say = (reception: Reception, told: string, messages: readonly WireFrame[] = []) => ({
    reception,
    told,
    messages,
  });
  const target = { ...spoken, ...known.dialect };
  if (made.handshake !== 'accepted') return say(made.handshake, describe(made));
  if (!made.peer || !made.conforms) return say('unclear', describe(made));
  const { peer } = made;
  const greeting = known.sign === 'answer' ? await greeted(peer, known.greeting.length, answerMs) : [];
  const model = known.answer ?? known.greeting[0];
  const isAnswer = (message: WireFrame) => !model || similar(model, message);
  const { came, messages: after } = await show(peer, known.sign, target, answerMs, isAnswer);
  const messages = [...greeting, ...after];
  // Who only greets may not have looked at the client yet.
  const greets = known.dialect !== undefined && known.dialect.hello === undefined;
  const weak = known.sign === 'pong' || known.sign === 'open' || greets;
  if (weak && peer.open) messages.push(...(await show(peer, 'open', NOBODY, LATE_MS)).messages);
  const end = await peer.farewell(0);
  const seen = `101, then ${lastWords(messages, end ? endTold(end) : 'nothing more')}`;
  const proven = came && !weak && known.sign !== 'answer';
  const denied = refusedIn(known.dialect, messages) || (messages.some(denies) && !usual(known).some(denies));
  if (end || (denied && !proven)) return say('late', seen, messages);
  if (!came) return say('unclear', seen, messages);
  const first = messages.find(isData);
  if (weak && model && (!first || !isAnswer(first))) return say('unclear', seen, messages);
  return say('accepted', known.sign === 'echo' ? '101, and an echo came back' : seen, messages);
}

/** What a well-meaning client gets to hear. */
const usual = ({ greeting, answer }: Acquaintance): WireFrame[] => [...greeting, ...(answer ? [answer] : [])];

/** What is said unasked, as often as it was at the baseline: only what comes after it is an answer. */
async function greeted(peer: Peer, count: number, withinMs: number): Promise<WireFrame[]> {
  const messages: WireFrame[] = [];
  if (count === 0) return messages;
  await peer.until((came) => isData(came) && messages.push(came) >= count, withinMs);
  return messages;
}

/** Whether an open connection shows the sign of life (again). */
export async function livesOn(
  peer: Peer,
  known: Acquaintance,
  target: Target,
  withinMs: number,
): Promise<boolean> {
  const { came } = await show(peer, known.again, target, withinMs);
  if (!came || !peer.open) return false;
  // A message may have been on its way before the connection came to its end; nothing else looks like a fresh pong.
  if (known.again !== 'answer' && known.again !== 'expected') return true;
  if (known.pongs) return (await show(peer, 'pong', target, withinMs)).came && peer.open;
  return (await peer.farewell(Math.min(GREETING_MS, withinMs))) === undefined;
}
