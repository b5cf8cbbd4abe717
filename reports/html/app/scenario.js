import { capture } from './capture.js';
import { checks, detail, run, scenarios } from './data.js';
import { h } from './dom.js';
import { about } from './finding.js';
import { idleSection } from './idle-view.js';
import { latencySection } from './latency.js';
import { list, section, trail } from './parts.js';
import { hopDetails, path } from './path.js';
import { address } from './route.js';

/** A place: its path, what was found there, and how its hops are set up.
 * @param {string} id
 * @param {string} [topic]
 * @returns {HTMLElement[] | undefined} */
export function scenario(id, topic) {
  const place = scenarios.get(id);
  if (!place) return undefined;
  const all = run.findings.filter((finding) => finding.scenario === id);
  const found = topic === undefined ? all : all.filter((finding) => finding.topic === topic);
  const setUp = section('How the hops are set up', h('p', { class: 'muted' }, 'Reading…'));
  detail(id).then(
    (told) => {
      const texts = hopDetails(place.hops, told);
      setUp.lastChild?.replaceWith(
        ...(texts.length > 0 ? texts : [h('p', { class: 'muted' }, 'Nothing was kept.')]),
      );
    },
    () =>
      setUp.lastChild?.replaceWith(
        'This part of the file cannot be read; run.json beside it holds the same.',
      ),
  );
  const whole =
    topic !== undefined && h('a', { href: address('scenario', id) }, `All ${all.length} findings here`);
  return [
    trail(
      ['#/', 'all scenarios'],
      ...(topic === undefined ? [] : [/** @type {[string, string]} */ ([address('scenario', id), id])]),
    ),
    h('h1', { tabindex: -1 }, place.title),
    h('p', { class: 'id' }, id),
    path(place.hops),
    capture(place.capture),
    section(
      topic === undefined ? 'Findings' : `Findings on ${topic}`,
      list(found, { scenario: false }),
      whole && h('p', {}, whole),
    ),
    ...(topic === undefined ? [idleSection(id), latencySection(id)] : []).flatMap((part) => part ?? []),
    setUp,
  ].filter((part) => part instanceof HTMLElement);
}

/** A claim, and how it fared everywhere.
 * @param {string} id
 * @returns {HTMLElement[] | undefined} */
export function check(id) {
  const claim = checks.get(id);
  if (!claim) return undefined;
  const found = run.findings.filter((finding) => finding.check === id);
  return [
    trail(['#/', 'all scenarios']),
    h('h1', { tabindex: -1 }, claim.title ?? id),
    h('p', { class: 'id' }, id),
    about(claim),
    section('Where it was tried', list(found, { check: false })),
  ];
}
