/** A cookie as Set-Cookie has it (RFC 6265 §4.1). */
export interface Cookie {
  name: string;
  /** Names of its attributes in lower case, with their values. */
  attributes: ReadonlyMap<string, string>;
}

export function readCookie(field: string): Cookie {
  const [pair = '', ...rest] = field.split(';');
  return {
    name: pair.split('=', 1)[0]!.trim(),
    attributes: new Map(
      rest.map((attribute) => {
        const at = attribute.indexOf('=');
        const [name, value] = at < 0 ? [attribute, ''] : [attribute.slice(0, at), attribute.slice(at + 1)];
        return [name.trim().toLowerCase(), value.trim().toLowerCase()] as const;
      }),
    ),
  };
}

/** What a cookie lacks that the handshakes of foreign pages, or the network, could make use of. */
export function faultsOf({ name, attributes }: Cookie, secure: boolean): string[] {
  const faults: string[] = [];
  const sameSite = attributes.get('samesite');
  if (sameSite === undefined) faults.push('no SameSite');
  if (sameSite === 'none') faults.push('SameSite=None');
  if (secure && !attributes.has('secure')) faults.push('no Secure');
  if (!attributes.has('httponly')) faults.push('no HttpOnly');
  if (attributes.has('domain') && /^__host-/i.test(name))
    faults.push('a Domain, though its name begins with __Host-');
  else if (attributes.has('domain')) faults.push('a Domain, so that every host of it may read and set it');
  return faults;
}
