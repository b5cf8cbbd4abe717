import { assign, decode, type Kind } from './json.js';
import { Mutex } from './mutex.js';
import { ToxicProxy } from './proxy.js';
import { badBody, missing, Refusal } from './refusal.js';
import type { Toxic } from './toxic.js';

const FIELDS: Record<string, Kind> = {
  name: 'string',
  listen: 'string',
  upstream: 'string',
  enabled: 'bool',
};
const fresh = () => ({ name: '', listen: '', upstream: '', enabled: true });

/** All proxies of a server, by name. */
export class Proxies {
  readonly #kinds: ReadonlyMap<string, Toxic>;
  readonly #proxies = new Map<string, ToxicProxy>();
  readonly #mutex = new Mutex();

  constructor(kinds: ReadonlyMap<string, Toxic>) {
    this.#kinds = kinds;
  }

  /** In the order of their names. */
  list(): ToxicProxy[] {
    return [...this.#proxies.keys()].sort().map((name) => this.#proxies.get(name)!);
  }

  get(name: string): ToxicProxy {
    const proxy = this.#proxies.get(name);
    if (!proxy) throw new Refusal(404, 'proxy not found');
    return proxy;
  }

  create(body: string): Promise<ToxicProxy> {
    return this.#mutex.run(async () => {
      const given = fresh();
      assign(given, FIELDS, decode(body));
      if (!given.name) throw missing('name');
      if (!given.upstream) throw missing('upstream');
      if (this.#proxies.has(given.name)) throw new Refusal(409, 'proxy already exists');
      return this.#put(given);
    });
  }

  async update(name: string, body: string): Promise<ToxicProxy> {
    const proxy = this.get(name);
    const given = { listen: proxy.listen, upstream: proxy.upstream, enabled: proxy.enabled };
    assign(given, { listen: 'string', upstream: 'string', enabled: 'bool' }, decode(body));
    await proxy.update(given);
    return proxy;
  }

  remove(name: string): Promise<void> {
    return this.#mutex.run(async () => {
      await this.get(name).stop();
      this.#proxies.delete(name);
    });
  }

  /** Creates those described; one that is there with the same addresses stays as it is, with its toxics. `done` fills up on the way. */
  populate(body: string, done: ToxicProxy[]): Promise<void> {
    return this.#mutex.run(async () => {
      const value = decode(body) ?? [];
      if (!Array.isArray(value))
        throw badBody(`json: cannot unmarshal ${typeof value} into Go value of type []Proxy`);
      const all = value.map((item: unknown) => {
        const given = fresh();
        assign(given, FIELDS, item);
        return given;
      });
      for (const [index, given] of all.entries()) {
        if (!given.name) throw missing(`name at proxy ${index + 1}`);
        if (!given.upstream) throw missing(`upstream at proxy ${index + 1}`);
      }
      for (const given of all) {
        const existing = this.#proxies.get(given.name);
        if (existing && !(await existing.differs(given))) done.push(existing);
        else {
          await existing?.stop();
          done.push(await this.#put(given));
        }
      }
    });
  }

  /** Takes every proxy up, then its toxics away. */
  async reset(): Promise<void> {
    for (const proxy of this.list()) {
      await proxy.start();
      await proxy.toxics.clear();
    }
  }

  /** Stops all and forgets them. */
  clear(): Promise<void> {
    return this.#mutex.run(async () => {
      await Promise.all(this.list().map((proxy) => proxy.stop()));
      this.#proxies.clear();
    });
  }

  async #put({ name, listen, upstream, enabled }: ReturnType<typeof fresh>): Promise<ToxicProxy> {
    const proxy = new ToxicProxy(name, listen, upstream, this.#kinds);
    if (enabled) await proxy.start();
    this.#proxies.set(name, proxy);
    return proxy;
  }
}
