import type { Field, Target, User } from '../../model.js';
import type { AuditSettings } from '../settings/audit-table.js';
import { Misuse } from '../trouble.js';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** How a well-meaning client talks to the endpoint, as the user says. @throws {Misuse} */
export function targetOf(url: URL, settings: AuditSettings, credentials?: string): Target {
  const { origin, allowedOrigin, subprotocol, hello, expect, as, other } = settings;
  const [one, two] = [userOf(as, '--as'), userOf(other, '--other')];
  for (const each of subprotocol) {
    if (!TOKEN.test(each))
      throw new Misuse(`--subprotocol must be one name without spaces or commas, and is "${each}"`);
  }
  for (const each of [...(origin === undefined ? [] : [origin]), ...allowedOrigin]) refuseOddOrigin(each);
  return {
    path: url.pathname + url.search,
    headers: headersOf(settings, credentials),
    ...(origin !== undefined && { origin }),
    allowedOrigins: allowedOrigin,
    subprotocols: subprotocol,
    ...(hello !== undefined && { hello }),
    ...(expect !== undefined && { expect: patternOf(expect) }),
    ...(one && { as: one }),
    ...(two && { other: two }),
  };
}

function headersOf({ header, cookie, bearer, basic }: AuditSettings, credentials?: string): Field[] {
  const fields = header.map((line): Field => {
    const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*)$/s.exec(line) ?? [];
    return fieldOf(name, value, '--header', 'Name: value');
  });
  if (cookie.length > 0) fields.push(fieldOf('Cookie', cookie.join('; '), '--cookie', 'name=value'));
  const userinfo = basic ?? credentials;
  if (bearer !== undefined && userinfo !== undefined) {
    throw new Misuse(
      '--bearer and --basic (or a user in the URL) are both the Authorization header: give one of them',
    );
  }
  if (bearer !== undefined) fields.push(fieldOf('Authorization', `Bearer ${bearer}`, '--bearer', 'a token'));
  if (userinfo !== undefined) {
    if (!userinfo.includes(':')) throw new Misuse('--basic must be user:password');
    fields.push(['Authorization', `Basic ${Buffer.from(userinfo).toString('base64')}`]);
  }
  return fields;
}

/** Values may be secret: none is printed. */
function fieldOf(name: string, value: string, flag: string, form: string): Field {
  if (!TOKEN.test(name)) throw new Misuse(`${flag} must be of the form "${form}"`);
  if (/[\r\n\0]/.test(value)) throw new Misuse(`${flag}: the value of ${name} must not hold a line break`);
  return [name, value];
}

/** `alice:Cookie=sid=1`, once for each header of that user. */
function userOf(given: readonly string[], flag: string): User | undefined {
  const parts = given.map((one) => {
    const [, name, header = '', value = ''] = /^([^:]+):([^=]+)=(.*)$/s.exec(one) ?? [];
    if (!name) throw new Misuse(`${flag} must be of the form name:Header=value`);
    return { name, field: fieldOf(header, value, flag, 'name:Header=value') };
  });
  const names = [...new Set(parts.map(({ name }) => name))];
  if (names.length > 1) throw new Misuse(`${flag} names ${names.join(' and ')}: it is one user`);
  return names[0] === undefined ? undefined : { name: names[0], headers: parts.map(({ field }) => field) };
}

function refuseOddOrigin(origin: string): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return;
  const meant =
    URL.canParse(origin) && new URL(origin).origin !== 'null'
      ? `; did you mean ${new URL(origin).origin}?`
      : '';
  throw new Misuse(`an origin is scheme://host[:port] and nothing more, not "${origin}"${meant}`);
}

function patternOf(expect: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(expect) ?? [];
  if (source === undefined) return new RegExp(expect.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  try {
    return new RegExp(source, flags);
  } catch (fault) {
    throw new Misuse(`--expect is no regular expression: ${(fault as Error).message}`);
  }
}
