import t from 'tap';
import junit from './junit.js';
import { auditRun } from './testing/audit.js';
import { browser, noBrowser } from './testing/browser.js';
import { hostileRun } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';
import { type Element, parseXml } from './testing/xml.js';

const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];
const cases = (text: string) => all(parseXml(text), 'testcase');
const kinds = (element: Element) => element.children.map(({ name }) => name);

t.test('failure, error and skipped are three things', (t) => {
  const suites = parseXml(junit.render(sampleRun()));
  t.match(suites, {
    name: 'testsuites',
    attributes: {
      name: 'wsgauntlet',
      tests: '104',
      failures: '5',
      errors: '1',
      skipped: '7',
      time: '21.412',
    },
  });
  t.equal(all(suites, 'failure').length, 5);
  t.equal(all(suites, 'error').length, 1);
  t.equal(all(suites, 'skipped').length, 7);
  const find = (scenario: string, check: string) =>
    all(suites, 'testcase').find(({ attributes: a }) => a.classname === scenario && a.name === check)!;
  t.same(kinds(find('plain/nginx', 'masking/unmasked-ping')), ['properties', 'failure']);
  t.match(all(find('plain/nginx', 'masking/unmasked-ping'), 'failure')[0], {
    attributes: { type: 'fail', message: 'an unmasked ping was passed on and answered' },
    text: /expected: the connection fails with close code 1002\nactual: pong received.*\nblame: origin\n/,
  });
  t.match(
    all(find('tunnel/squid-connect', 'cross-protocol/denied-port'), 'failure')[0]!.attributes.type,
    'unexpected pass',
  );
  t.same(
    kinds(find('plain/nginx-stripping', 'opening/upgrade')),
    ['properties'],
    'what is known to break passes',
  );
  const known = all(find('plain/nginx-stripping', 'opening/upgrade'), 'property');
  t.ok(
    known.some(
      ({ attributes: { name, value } }) => name === 'known' && value?.startsWith('proxy_pass without'),
    ),
  );
  t.equal(find('plain/nginx', 'keepalive/idle-cut').attributes.time, '2.100');
  for (const suite of all(suites, 'testsuite'))
    t.equal(suite.attributes.tests, String(all(suite, 'testcase').length));
  t.end();
});

t.test('an audit: a suite a topic, with severity, kind, fixes, and until when it is accepted', (t) => {
  const suites = parseXml(junit.render(auditRun()));
  t.match(suites.attributes, { tests: '11', failures: '2', errors: '1', skipped: '3' });
  t.same(
    all(suites, 'testsuite').map(({ attributes: { name, tests } }) => `${name} ${tests}`),
    [
      'audit.opening 2',
      'audit.origins 2',
      'audit.framing 2',
      'audit.limits 2',
      'audit.tls 2',
      'audit.utf8 1',
    ],
  );
  const find = (check: string) => all(suites, 'testcase').find(({ attributes: a }) => a.name === check)!;
  const told = (check: string) =>
    Object.fromEntries(all(find(check), 'property').map(({ attributes: { name, value } }) => [name, value]));
  t.match(told('origins/foreign'), {
    severity: 'high',
    kind: 'vulnerability',
    topic: 'origins',
    cwe: 'CWE-1385',
  });
  t.match(told('framing/unmasked'), { severity: 'low', kind: 'conformance' }, 'the severity of the verdict');
  t.equal(told('limits/ceiling').accepted, 'until 2027-03-31: only the VPN reaches it');
  t.same(kinds(find('limits/ceiling')), ['properties'], 'what is accepted passes');
  const [failure] = all(find('origins/foreign'), 'failure');
  t.match(failure!.text, /\nwith ws:\nnew WebSocketServer\(\{\n.*\nwith nginx:\nmap \$http_origin/s);
  t.match(failure!.text, 'frame text 5 octets [48 65 6c 6c 6f]');
  t.match(told('origins/foreign').title, 'A handshake');
  const [suite] = all(suites, 'testsuite');
  t.ok(all(suite!, 'property').some(({ attributes: { name } }) => name === 'traffic'));
  t.equal(cases(junit.render(hostileRun(auditRun()))).length, 11);
  t.end();
});

t.test('nothing tried', (t) => {
  t.match(parseXml(junit.render(emptyRun())), { attributes: { tests: '0' }, children: [] });
  t.end();
});

t.test('hostile text stays text', (t) => {
  const run = hostileRun();
  const text = junit.render(run);
  t.equal(cases(text).length, run.findings.length);
  const names = new Set(
    all(parseXml(text), 'testsuites').flatMap(function own(each): string[] {
      return [each.name, ...each.children.flatMap(own)];
    }),
  );
  t.same([...names].sort(), [
    'error',
    'failure',
    'properties',
    'property',
    'skipped',
    'testcase',
    'testsuite',
    'testsuites',
  ]);
  t.match(
    cases(text)[0]!.attributes.name,
    /<script>window\.owned=1.*\]\]>&amp;.*\\x1b\[31m.*\\ufffe.*\nok 99/s,
  );
  t.end();
});

t.test('a browser takes it for well-formed', { skip: noBrowser }, async (t) => {
  await using chromium = await browser();
  await using opened = await chromium.open('<!doctype html><title>empty</title>');
  const [errors, found] = await opened.page.evaluate<[number, number]>(
    `(() => {
      const xml = new DOMParser().parseFromString(${JSON.stringify(junit.render(hostileRun()))}, 'application/xml');
      return [xml.querySelectorAll('parsererror').length, xml.querySelectorAll('testcase').length];
    })()`,
  );
  t.equal(errors, 0);
  t.equal(found, hostileRun().findings.length);
});
