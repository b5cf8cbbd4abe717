import { outward } from './dom.js';

/** `RFC 6455 §5.1` and `CWE-436` have addresses.
 * @param {string} ref */
export function reference(ref) {
  const [, rfc, part] = /^RFC (\d+)(?: §([\d.]+))?$/.exec(ref) ?? [];
  if (rfc) return outward(`https://www.rfc-editor.org/rfc/rfc${rfc}${part ? `#section-${part}` : ''}`, ref);
  const [, cwe] = /^CWE-(\d+)$/.exec(ref) ?? [];
  if (cwe) return outward(`https://cwe.mitre.org/data/definitions/${cwe}.html`, ref);
  return outward(ref);
}
