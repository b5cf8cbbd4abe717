import type { DialOptions, Probe } from '../../harness/model.js';

/** A handshake whose target names a host: that of its Host field, or another. */
export const absolute = ({ route }: Probe, host?: string): DialOptions => ({
  head: (head) => {
    const own = /^Host:[ \t]*(\S+)/im.exec(head)?.[1] ?? '';
    const scheme = /^(?:wss|https):/.test(route.url) ? 'https' : 'http';
    return head.replace(/^(\S+) (?=\/)/, `$1 ${scheme}://${host ?? own}`);
  },
});

/** Forward proxies are told the whole URL anyway (RFC 9112 §3.2.2). */
export const isAbsolute = ({ route }: Probe): boolean => route.method === 'GET' && route.proxy !== undefined;
