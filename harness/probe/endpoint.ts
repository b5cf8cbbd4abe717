import { acquaint, describe, livesOn, received } from '../acquaintance.js';
import { CannotTry } from '../cannot-try.js';
import { Unreachable } from '../clients/connect.js';
import type { Context } from '../clients/context.js';
import { dial } from '../clients/dial.js';
import { link } from '../clients/link.js';
import type { Acquaintance, ConnectChoice, Dial, DialOptions, Knock, Peer, Probe } from '../model.js';
import { Meter, type Traffic } from './meter.js';

/** Of the probe whose side it is: what it opens is that probe's. */
type Ours = Pick<Probe, 'route' | 'patience' | 'signal' | 'target' | 'sightings' | 'own' | 'once'>;

export interface EndpointParts {
  context: Context;
  traffic: Traffic;
  /** It is not an origin of ours, and may not echo. */
  stranger: boolean;
}

/** Attempts on the far end of a place, and the baseline that they are held against. */
export class EndpointSide {
  constructor(
    private readonly probe: Ours,
    private readonly parts: EndpointParts,
  ) {}

  dial(options: DialOptions): Promise<Dial> {
    return this.#attempt(options, this.parts.context);
  }

  async #attempt(options: DialOptions, context: Context): Promise<Dial> {
    const { route, patience } = this.probe;
    const answerMs = options.answerMs ?? patience.answerMs;
    const asked = { ...this.#usual(options), answerMs };
    return this.probe.own(await dial(options.route ?? route, asked, context));
  }

  /** What a well-meaning client's handshake carries, with what is to be different about it. */
  #usual(options: DialOptions): DialOptions {
    const { path, headers, origin, subprotocols } = this.probe.target;
    if (options.bare) return { path, ...options };
    const browser = origin === undefined ? [] : [['Origin', origin] as const];
    return {
      path,
      ...(subprotocols.length > 0 && { subprotocols }),
      ...options,
      headers: [...headers, ...browser, ...(options.headers ?? [])],
    };
  }

  acquaintance(): Promise<Acquaintance> {
    const { target, patience, signal } = this.probe;
    const { context, traffic } = this.parts;
    // All checks of the place rest on it: it is on nobody's account.
    const { admit, opened, spend } = new Meter(undefined, traffic, signal);
    const attempt = () => this.#attempt({}, { ...context, admit, opened, spend });
    return this.probe.once('acquaintance', () => acquaint(attempt, target, patience.answerMs));
  }

  async knock(options: DialOptions): Promise<Knock> {
    const known = await this.acquaintance();
    const made = await this.dial(options);
    return Object.assign(made, await received(made, known, this.probe.target, this.probe.patience.answerMs));
  }

  async meet(options: DialOptions): Promise<Peer> {
    if (this.probe.sightings) return this.raw(options);
    const made = await this.knock(options);
    if (made.peer && made.reception === 'accepted') return made.peer;
    throw new CannotTry(`no baseline here: ${made.told}`);
  }

  async lives(peer: Peer, withinMs = this.probe.patience.answerMs): Promise<boolean> {
    return livesOn(peer, await this.acquaintance(), this.probe.target, withinMs);
  }

  async connect(choice: ConnectChoice): Promise<Peer> {
    const { route, patience } = this.probe;
    const answerMs = choice.answerMs ?? patience.answerMs;
    try {
      return this.probe.own(await link(choice.route ?? route, { ...choice, answerMs }, this.parts.context));
    } catch (fault) {
      if (!(fault instanceof Unreachable)) throw fault;
      throw new CannotTry(`no baseline here: ${fault.message}`);
    }
  }

  async raw(options: DialOptions): Promise<Peer> {
    const { sightings, patience } = this.probe;
    if (this.parts.stranger && (await this.acquaintance()).sign !== 'echo')
      throw new CannotTry('it takes an endpoint that echoes, and this one does not');
    const made = await this.dial(options);
    if (!made.peer || !made.conforms) throw new CannotTry(`no baseline here: ${describe(made)}`);
    if (!(await made.peer.echo(patience.answerMs))) {
      throw new CannotTry('no baseline here: the handshake was accepted, but no echo came back');
    }
    // The origin is found again by what the query says.
    if (sightings && !(await sightings.of(made.token, patience.answerMs))) {
      throw new CannotTry('no baseline here: an echo came back, but the origin did not see this handshake');
    }
    return made.peer;
  }
}
