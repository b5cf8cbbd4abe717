import { isIP } from 'node:net';

/** Whether a host is a name, as `URL.hostname` writes it. */
export const isName = (hostname: string): boolean => isIP(hostname.replace(/^\[|\]$/g, '')) === 0;

/** The host with each of its dots, in turn, put as a letter; at most 4. */
export function dots(host: string): string[] {
  const at = [...host].flatMap((character, index) => (character === '.' ? [index] : []));
  return at.slice(0, 4).map((index) => `${host.slice(0, index)}x${host.slice(index + 1)}`);
}

/** Another host of the same domain, where the name is of three labels or more. */
export const siblings = (host: string): string[] => {
  const [, ...domain] = host.split('.');
  return domain.length >= 2 ? [`foreign.${domain.join('.')}`] : [];
};
