import type { CertificateKind, Probe } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';

/** Fields that carry what proves who somebody is. */
const CREDENTIALS = /^(?:authorization|cookie|(?:x-)?[\w-]*(?:token|api-?key|secret|auth)[\w-]*)$/i;

export interface Redirected {
  followed: boolean;
  /** Names of the credentials in the first request, and of those that came to the other origin too. */
  had: readonly string[];
  carried: readonly string[];
}

/** Redirects the client to another origin, in clear. Undefined where it did not come. */
export async function redirected(
  probe: Probe,
  { scheme, certificate }: { scheme: 'ws' | 'http'; certificate?: CertificateKind },
): Promise<Redirected | undefined> {
  const far = probe.own(await farEnd(probe.authority));
  const location = far.route.url.replace(/^ws:/, `${scheme}:`);
  await using caught = await probe.lure({
    ...(certificate && { certificate }),
    async serve(visit) {
      visit.send(
        `HTTP/1.1 302 Found\r\nLocation: ${location}/echo\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      visit.end();
      await visit.gone(FOLLOW_MS);
      await probe.wait(FOLLOW_MS);
    },
  });
  const { visit } = caught;
  if (!visit) return undefined;
  const second = far.sightings.find(({ head }) => head !== undefined)?.head;
  const had = credentialsIn(visit.head ?? '');
  const there = credentialsIn(second ?? '');
  const names = (all: ReadonlyMap<string, string>) => [...all.keys()];
  return {
    followed: second !== undefined,
    had: names(had),
    carried: names(had).filter((name) => there.get(name) === had.get(name)),
  };
}

const FOLLOW_MS = 400;

function credentialsIn(head: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of head.split('\r\n').slice(1)) {
    const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (CREDENTIALS.test(name)) found.set(name.toLowerCase(), value);
  }
  return found;
}
