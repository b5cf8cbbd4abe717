import t from 'tap';
import { acceptDeflate, checkDeflateAnswer } from './deflate-negotiation.js';
import { formatExtensions, parseExtensions } from './extensions.js';

const PMD = 'permessage-deflate';
const answerTo = (offers: string) => {
  const accepted = acceptDeflate(parseExtensions(offers));
  return accepted && formatExtensions([accepted.answer]);
};
const check = (offer: string, answer: string) =>
  checkDeflateAnswer(parseExtensions(`${PMD}${offer}`)[0]!, parseExtensions(`${PMD}${answer}`)[0]!);

t.test('what is offered is granted (RFC 7692 §7.1)', async (t) => {
  t.equal(answerTo(PMD), PMD);
  t.equal(answerTo(`x, ${PMD}`), PMD);
  t.equal(answerTo(''), undefined);
  t.equal(answerTo('x-webkit-deflate-frame'), undefined);
  const all = `${PMD}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=12`;
  t.equal(answerTo(all), all);
  t.equal(answerTo(`${PMD}; client_max_window_bits`), PMD, 'a hint without a value needs no answer');
  t.same(acceptDeflate(parseExtensions(all))?.terms, {
    serverTakeover: false,
    clientTakeover: false,
    serverBits: 10,
    clientBits: 12,
  });
  t.same(acceptDeflate(parseExtensions(PMD))?.terms, {
    serverTakeover: true,
    clientTakeover: true,
    serverBits: 15,
    clientBits: 15,
  });
});

t.test('an offer that is not valid is passed over', async (t) => {
  const invalid = [
    'server_max_window_bits',
    'server_max_window_bits=7',
    'server_max_window_bits=16',
    'server_max_window_bits=08',
    'server_max_window_bits=1e1',
    'client_max_window_bits=0',
    'server_no_context_takeover=1',
    'unknown',
    'constructor',
    'client_no_context_takeover; client_no_context_takeover',
  ];
  for (const params of invalid) {
    t.equal(answerTo(`${PMD}; ${params}`), undefined, params);
    t.equal(
      answerTo(`${PMD}; ${params}, ${PMD}; server_max_window_bits="9"`),
      `${PMD}; server_max_window_bits=9`,
    );
  }
});

t.test('answers that fit their offer', async (t) => {
  t.match(check('', ''), { serverTakeover: true, clientTakeover: true, serverBits: 15, clientBits: 15 });
  t.match(check('', '; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9'), {
    serverTakeover: false,
    clientTakeover: false,
    serverBits: 9,
  });
  t.match(check('; server_max_window_bits=10', '; server_max_window_bits=8'), { serverBits: 8 });
  t.match(check('; client_max_window_bits', '; client_max_window_bits=8'), { clientBits: 8 });
  t.match(check('; client_max_window_bits=10', '; client_max_window_bits=10'), { clientBits: 10 });
  t.match(check('; client_max_window_bits=10', ''), { clientBits: 15 });
  t.match(check('; client_no_context_takeover', ''), { clientTakeover: true }, 'that one is only a hint');
});

t.test('answers that do not', async (t) => {
  const wrong: [string, string, RegExp][] = [
    ['; server_no_context_takeover', '', /leaves out the server_no_context_takeover/],
    ['; server_max_window_bits=10', '', /does not keep to the server_max_window_bits of 10/],
    ['; server_max_window_bits=10', '; server_max_window_bits=11', /does not keep to/],
    ['', '; client_max_window_bits=10', /which was not offered/],
    ['; client_max_window_bits=10', '; client_max_window_bits=11', /above the 10/],
    ['; client_max_window_bits', '; client_max_window_bits', /no value/],
    ['', '; server_max_window_bits', /no value/],
    ['', '; server_max_window_bits=16', /not 8 to 15/],
    ['', '; server_no_context_takeover=1', /a value/],
    ['', '; server_no_context_takeover; server_no_context_takeover', /twice/],
    ['', '; unknown', /not known/],
  ];
  for (const [offer, answer, message] of wrong) {
    t.throws(
      () => check(offer, answer),
      { code: 1002, name: 'ProtocolFault', message },
      `${offer} / ${answer}`,
    );
  }
});
