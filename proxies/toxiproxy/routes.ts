import { encode } from './json.js';
import type { Proxies } from './proxies.js';
import type { ToxicProxy } from './proxy.js';
import { Refusal } from './refusal.js';
import { showToxic } from './toxics.js';

export const VERSION = '2.12.0';

export interface Answer {
  status: number;
  /** application/json when absent. */
  type?: string;
  body?: string;
}

export type Handler = (proxies: Proxies, body: string, names: string[]) => Promise<Answer> | Answer;

const NO_CONTENT: Answer = { status: 204 };

const show = (proxy: ToxicProxy, status = 200): Answer => ({ status, body: proxy.show() });

const updateProxy: Handler = async (proxies, body, [name = '']) => show(await proxies.update(name, body));

const updateToxic: Handler = async (proxies, body, [proxy = '', toxic = '']) => ({
  status: 200,
  body: showToxic(await proxies.get(proxy).toxics.update(toxic, body)),
});

/** The HTTP API: paths with the names in them, and what each method does there. */
export const routes: readonly [path: RegExp, methods: Readonly<Record<string, Handler>>][] = [
  [
    /^\/version$/,
    {
      GET: () => ({
        status: 200,
        type: 'application/json;charset=utf-8',
        body: `{"version": "${VERSION}"}\n`,
      }),
    },
  ],
  [
    /^\/proxies$/,
    {
      GET: (proxies) => ({
        status: 200,
        body: `{${proxies
          .list()
          .map((proxy) => `${encode(proxy.name)}:${proxy.show()}`)
          .join()}}`,
      }),
      POST: async (proxies, body) => show(await proxies.create(body), 201),
    },
  ],
  [/^\/populate$/, { POST: populate }],
  [
    /^\/reset$/,
    {
      async POST(proxies) {
        await proxies.reset();
        return NO_CONTENT;
      },
    },
  ],
  [
    /^\/proxies\/([^/]+)$/,
    {
      GET: (proxies, _, [name = '']) => show(proxies.get(name)),
      POST: updateProxy,
      PATCH: updateProxy,
      async DELETE(proxies, _, [name = '']) {
        await proxies.remove(name);
        return NO_CONTENT;
      },
    },
  ],
  [
    /^\/proxies\/([^/]+)\/toxics$/,
    {
      GET: (proxies, _, [name = '']) => ({
        status: 200,
        body: `[${proxies.get(name).toxics.list().map(showToxic).join()}]`,
      }),
      POST: async (proxies, body, [name = '']) => ({
        status: 200,
        body: showToxic(await proxies.get(name).toxics.add(body)),
      }),
    },
  ],
  [
    /^\/proxies\/([^/]+)\/toxics\/([^/]+)$/,
    {
      GET: (proxies, _, [proxy = '', toxic = '']) => ({
        status: 200,
        body: showToxic(proxies.get(proxy).toxics.get(toxic)),
      }),
      POST: updateToxic,
      PATCH: updateToxic,
      async DELETE(proxies, _, [proxy = '', toxic = '']) {
        await proxies.get(proxy).toxics.remove(toxic);
        return NO_CONTENT;
      },
    },
  ],
];

/** Its errors come beside the proxies that were created before the failure. */
async function populate(proxies: Proxies, body: string): Promise<Answer> {
  const done: ToxicProxy[] = [];
  let status = 201;
  let failure = '';
  try {
    await proxies.populate(body, done);
  } catch (error) {
    status = error instanceof Refusal ? error.status : 500;
    failure = `"error":${encode((error as Error).message)},"status":${status},`;
  }
  const shown = done.length > 0 ? `[${done.map((proxy) => proxy.show()).join()}]` : 'null';
  return { status, body: `{${failure}"proxies":${shown}}` };
}
