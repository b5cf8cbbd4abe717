import t from 'tap';
import type { WebSocket } from 'ws';
import type { Check, Outcome } from '../../harness/model.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';
import subprotocol from '../opening/subprotocol.check.js';
import caseKept from './case-kept.check.js';
import { called, credentialsIn, isCredential } from './credential.js';
import credentialConfirmed from './credential-confirmed.check.js';
import emptyOffer from './empty-offer.check.js';
import illegalToken from './illegal-token.check.js';
import noneOffered from './none-offered.check.js';
import twoFields from './two-fields.check.js';
import unknownConfirmed from './unknown-confirmed.check.js';
import unknownServed from './unknown-served.check.js';

t.jobs = 4;
const patience = { answerMs: 400 };
const title = 'subject';
const target = { subprotocols: ['chat.v2'] };

interface Case {
  what: string;
  check: Check;
  at: Control;
  outcome: Outcome;
  message: RegExp;
}

/** Accepts what offers its subprotocol, and nothing else. */
const wanting = wsOrigin(
  { title },
  {
    verifyClient: ({ req }, done) =>
      done((req.headers['sec-websocket-protocol'] ?? '').includes('chat.v2'), 400),
  },
);

const CASES: readonly Case[] = [
  {
    what: 'nothing is told of no offer where one is wanted',
    check: noneOffered,
    at: { origin: wanting, target },
    outcome: 'skip',
    message: /^no handshake is accepted here without a subprotocol: refused with 400/,
  },
  {
    what: 'nor of an empty one',
    check: emptyOffer,
    at: { origin: wanting, target },
    outcome: 'skip',
    message: /^it may be that a subprotocol is wanted/,
  },
  {
    what: 'where the endpoint has a subprotocol, it is offered with what is illegal',
    check: illegalToken,
    at: { origin: wanting, target },
    outcome: 'pass',
    message: /gauntlet v1: refused with 400/,
  },
  {
    what: 'to be refused for an unknown one is right',
    check: unknownConfirmed,
    at: { origin: wanting, target },
    outcome: 'pass',
    message: /^refused with 400/,
  },
  {
    what: 'silence to an unknown one tells nothing',
    check: unknownServed,
    at: {
      origin: wsOrigin({ title }, {}, (socket: WebSocket) => {
        if (socket.protocol === 'chat.v2') echoes(socket);
      }),
      target,
    },
    outcome: 'skip',
    message: /^whether it is served cannot be told/,
  },
  {
    what: 'to be sent away for an unknown one is right',
    check: unknownServed,
    at: {
      origin: wsOrigin({ title }, {}, (socket: WebSocket) =>
        socket.protocol === 'chat.v2' ? echoes(socket) : socket.close(1008, 'who?'),
      ),
      target,
    },
    outcome: 'pass',
    message: /Close 1008 "who\?"/,
  },
  {
    what: 'two fields of which nothing is chosen are not the same as a list',
    check: twoFields,
    at: {
      origin: wsOrigin(
        { title },
        {
          handleProtocols: (offered, { rawHeaders }) =>
            rawHeaders.filter((name) => name === 'Sec-WebSocket-Protocol').length > 1
              ? false
              : [...offered][0]!,
        },
      ),
    },
    outcome: 'fail',
    message: /^gauntlet\.v2 of a list, and none of two fields$/,
  },
  {
    what: 'a token of ours that is preferred to a name is a warning',
    check: credentialConfirmed,
    at: { origin: wsOrigin({ title }, { handleProtocols: (offered) => [...offered].at(-1)! }) },
    outcome: 'warn',
    message: /though a name was offered before it$/,
  },
  {
    what: 'to confirm none is right',
    check: subprotocol,
    at: { origin: wsOrigin({ title }, { handleProtocols: () => false }) },
    outcome: 'pass',
    message: /^101 without a subprotocol/,
  },
  {
    what: 'a user’s token is in no message',
    check: subprotocol,
    at: { origin: wsOrigin({ title }), target: { subprotocols: ['bearer.c2VjcmV0LXRva2Vu'] } },
    outcome: 'pass',
    message: /^a token was chosen$/,
  },
  {
    what: 'what is not folded is kept',
    check: caseKept,
    at: { origin: wsOrigin({ title }), target },
    outcome: 'pass',
    message: /^accepted with "CHAT\.V2"$/,
  },
];

for (const { what, check, at, outcome, message } of CASES) {
  t.test(what, async (t) => {
    t.match(await tryAt(check, { patience, ...at }), { outcome, message });
  });
}

t.test('names are told from secrets by their looks', async (t) => {
  for (const name of ['chat.v2', 'graphql-transport-ws', 'token', 'auth', 'v12.stomp', 'gauntlet.0f3a'])
    t.notOk(isCredential(name), name);
  for (const name of [
    'bearer.c2VjcmV0LXRva2Vu',
    'base64url.bearer.authorization.k8s.io.c2VjcmV0',
    'eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x',
    '0123456789abcdef0123456789abcdef',
  ])
    t.ok(isCredential(name), name);
  t.same(credentialsIn(['chat.v2', 'access_token', 's3cret']), ['s3cret']);
  t.equal(called('chat.v2, bearer.c2VjcmV0LXRva2Vu'), 'chat.v2, a token');
});
