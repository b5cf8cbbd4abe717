/** Where `RFC 6455 §5.1`, `CWE-436` or a URL of the web is to be read; nothing where that is not known. */
export function addressOf(ref: string): string | undefined {
  const [, rfc, part] = /^RFC (\d+)(?: §([\d.]+))?$/.exec(ref) ?? [];
  if (rfc) return `https://www.rfc-editor.org/rfc/rfc${rfc}${part ? `#section-${part}` : ''}`;
  const [, cwe] = /^CWE-(\d+)$/.exec(ref) ?? [];
  if (cwe) return `https://cwe.mitre.org/data/definitions/${cwe}.html`;
  const safe = URL.canParse(ref) && ['http:', 'https:'].includes(new URL(ref).protocol);
  return safe ? new URL(ref).href : undefined;
}
