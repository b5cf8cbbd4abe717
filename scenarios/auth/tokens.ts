import type { Route, Target } from '../../harness/model.js';
import { credentialsOf } from '../judging/credentials.js';
import { isToken } from '../judging/secrets.js';

const TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+\.[\w-]+/g;

/** The first JSON Web Token (RFC 7519) among a target’s credentials. */
export const findToken = (target: Target, route?: Route): string | undefined =>
  credentialsOf(target, route)
    .flatMap(({ value }) => value.match(TOKEN) ?? [])
    .find(isToken);

/** The same claims without a signature, in the ways that libraries have been known to take. */
export function unsigned(token: string): { name: string; value: string }[] {
  const [header = '', claims = ''] = token.split('.');
  const saying = (alg: string) => {
    const said = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    return Buffer.from(JSON.stringify({ ...said, alg })).toString('base64url');
  };
  return [
    { name: 'a token of the algorithm "none"', value: `${saying('none')}.${claims}.` },
    { name: 'a token of the algorithm "None"', value: `${saying('None')}.${claims}.` },
    { name: 'the token without its signature', value: `${header}.${claims}.` },
  ];
}
