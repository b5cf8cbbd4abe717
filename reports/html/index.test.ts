import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { hostileRun } from '../testing/hostile.js';
import { emptyRun, sampleRun } from '../testing/sample.js';
import html from './index.js';
import type { Detail, Index } from './payload.js';

const elements = (page: string) =>
  [...page.matchAll(/<(script|style)([^>]*)>(.*?)<\/\1>/gs)].map(([, name, attributes, text]) => ({
    name,
    attributes: attributes!,
    text: text!,
  }));
const index = (page: string): Index =>
  JSON.parse(elements(page).find(({ attributes }) => attributes.includes('id="index"'))!.text);
const details = (page: string): Detail[] =>
  elements(page)
    .filter(({ attributes }) => attributes.includes('class="detail"'))
    .map(({ text }) => JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()));

t.test('the policy allows the one script and the one style by their hashes, and nothing else', (t) => {
  const page = html.render(hostileRun());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
  const sum = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const programs = elements(page).filter(
    ({ name, attributes }) => name === 'script' && !attributes.includes('type='),
  );
  const styles = elements(page).filter(({ name }) => name === 'style');
  t.same([programs.length, styles.length], [1, 1]);
  t.same(policy.split('; '), [
    "default-src 'none'",
    `script-src ${sum(programs[0]!.text)}`,
    `style-src ${sum(styles[0]!.text)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  t.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style'), 'and stands before both');
  t.end();
});

t.test('no byte of the record is markup', (t) => {
  const page = html.render(hostileRun());
  t.notMatch(page, /<script>window\.owned|<img|<svg/);
  const skeleton = (text: string) => text.replace(/<script type=.*?<\/script>\n?/gs, '');
  t.equal(skeleton(page), skeleton(html.render(sampleRun())), 'the page around the data is the same');
  t.end();
});

t.test('all of the record is there', (t) => {
  const run = sampleRun();
  const page = html.render(run);
  const { findings, scenarios, checks } = index(page);
  t.equal(findings.length, run.findings.length);
  t.equal(checks.length, Object.keys(run.checks).length);
  const told = findings.find(({ id }) => id === 'plain/nginx › masking/unmasked-ping')!;
  t.match(told, { state: 'fail', topic: 'masking', blame: 'origin', measured: { unmasked: 'passed' } });
  const at = scenarios.findIndex(({ id }) => id === 'plain/nginx');
  const detail = details(page)[at]!;
  t.same(detail.evidence[told.index], run.findings.find(({ id }) => id === told.id)!.evidence);
  t.match(detail.hops[1]!.files!['nginx.conf'], /proxy_set_header Upgrade/);
  t.match(detail.hops[1]!.log, /upstream timed out/);
  t.end();
});

t.test('nothing tried', (t) => {
  t.match(index(html.render(emptyRun())), { verdict: 'Nothing was tried.', findings: [], scenarios: [] });
  t.end();
});
