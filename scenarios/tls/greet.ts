import type { Peer, Probe, Route, Verdict } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from '../wss/route.js';
import { clientHello, type HelloOptions } from './client-hello.js';
import { type Flight, readFlight } from './server-flight.js';
import { nameOf, numbersOf, ORDINARY } from './suites.js';
import { nameAt } from './tenant.js';

/** What came of a ClientHello: the three silences are told apart. */
export interface Greeting extends Flight {
  told: string;
  outcome: 'hello' | 'alert' | 'closed' | 'silent' | 'foreign';
}

/** The TCP connection below a wss route: for octets that are TLS by themselves. */
export function below(route: Route): Route {
  const { hostname, port } = new URL(route.url);
  return { ...route, url: `ws://${hostname}:${port || 443}`, method: 'CONNECT' };
}

/** More than any server says before its client has answered. */
const MOST = 65_536;

/** Sends a ClientHello of TLS 1.2 or older and reads what the server answers before it waits for the client again. */
export async function greet(
  probe: Probe,
  options: Omit<HelloOptions, 'name'>,
  enough?: (flight: Flight) => boolean,
): Promise<Greeting> {
  const peer = await probe.connect({ route: below(probe.route) });
  const greeting = await greetOver(peer, probe, options, enough);
  await peer[Symbol.asyncDispose]();
  return greeting;
}

/** The same over a connection that is kept. */
export async function greetOver(
  peer: Peer,
  probe: Probe,
  options: Omit<HelloOptions, 'name'>,
  enough: (flight: Flight) => boolean = ({ hello }) => hello !== undefined,
): Promise<Greeting> {
  peer.send(clientHello({ ...options, name: nameAt(probe) }));
  const deadline = performance.now() + probe.patience.answerMs;
  let bytes = peer.received();
  let flight = readFlight(bytes);
  while (!enough(flight) && !flight.done && flight.alert === undefined && !flight.foreign && peer.open) {
    const left = deadline - performance.now();
    if (left <= 0 || bytes.length >= MOST) break;
    bytes = await peer.octets(bytes.length + 1, left);
    flight = readFlight(bytes);
  }
  const greeting = { ...flight, ...outcomeOf(flight, peer.open) };
  probe.note(`a ClientHello with ${options.suites.length} cipher suites: ${greeting.told}`);
  return greeting;
}

function outcomeOf(flight: Flight, open: boolean): Pick<Greeting, 'outcome' | 'told'> {
  const { hello, foreign, alert } = flight;
  if (hello)
    return { outcome: 'hello', told: `answered with a ServerHello that takes ${nameOf(hello.suite)}` };
  if (foreign) return { outcome: 'foreign', told: 'answered with something that is no TLS' };
  if (alert !== undefined) return { outcome: 'alert', told: `alert ${alert}` };
  if (open) return { outcome: 'silent', told: 'no answer' };
  return { outcome: 'closed', told: 'the connection was closed without an alert' };
}

/** The baseline: what comes of an ordinary ClientHello of TLS 1.2. Measured once. */
export const ordinary = (probe: Probe): Promise<Greeting> =>
  probe.once('tls: an ordinary ClientHello of TLS 1.2', () => greet(probe, { suites: numbersOf(ORDINARY) }));

/** Why nothing can be judged by such greetings here, if nothing can. */
export async function ungreeted(probe: Probe): Promise<Verdict | undefined> {
  if (!overTls(probe)) return skip(IN_CLEAR);
  const usual = await ordinary(probe);
  if (usual.outcome === 'hello') return undefined;
  // Refused, but for its version alone: the server has TLS 1.3 and nothing before it.
  if (usual.alert === 'protocol version') return undefined;
  return skip(`no baseline here: an ordinary ClientHello of TLS 1.2 was met with: ${usual.told}`);
}

/** Whether the server has nothing before TLS 1.3. */
export const onlyNewest = async (probe: Probe): Promise<boolean> =>
  (await ordinary(probe)).alert === 'protocol version';
