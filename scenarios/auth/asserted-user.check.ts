import type { Check, Field } from '../../harness/model.js';
import { anonymous } from '../judging/credentials.js';
import { mustStayOut } from './guarded.js';

/** What proxies that log users in tell the servers behind them. */
const USER = [
  'X-Forwarded-User',
  'X-Remote-User',
  'Remote-User',
  'X-Auth-Request-User',
  'X-WEBAUTH-USER',
  'X-User',
];
const ADDRESS = ['X-Forwarded-For', 'X-Real-IP', 'X-Client-IP', 'True-Client-IP'];

export default {
  title: 'Nobody is let in by what only a proxy may say of them',
  requirement: 'A server that is told by a proxy who asks takes it from that proxy alone.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-290',
  refs: ['RFC 7239 §8.1', 'RFC 6455 §10.5'],
  judges: 'endpoint',
  why: 'Where the header of a proxy that logs users in is believed from anybody, anybody is any user; where an address of the machine itself needs no credentials, anybody has it.',
  remedy: 'Strip these headers at the edge, and believe them only on connections from the proxy.',
  fixes: {
    nginx: `proxy_set_header X-Forwarded-User $remote_user;
proxy_set_header Remote-User "";
proxy_set_header X-Forwarded-For $remote_addr;`,
    haproxy: `http-request del-header X-Forwarded-User
http-request del-header Remote-User
http-request set-header X-Forwarded-For %[src]`,
  },
  async run(probe) {
    const options = anonymous(probe);
    const saying = (names: readonly string[], value: string) => {
      const headers = names.map((name): Field => [name, value]);
      return { ...options, headers };
    };
    return mustStayOut(probe, [
      { name: `${USER[0]} and its like: admin`, options: saying(USER, 'admin') },
      { name: `${ADDRESS[0]} and its like: 127.0.0.1`, options: saying(ADDRESS, '127.0.0.1') },
    ]);
  },
} satisfies Check;
