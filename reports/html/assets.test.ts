import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import t from 'tap';
import { script, style } from './assets.js';

const here = (name: string) => new URL(name, import.meta.url);
const modules = readdirSync(here('app/')).filter((name) => name.endsWith('.js'));
const texts = new Map(modules.map((name) => [name, readFileSync(here(`app/${name}`), 'utf8')]));

t.test('the modules make one classic script', (t) => {
  const text = script();
  t.doesNotThrow(() => new Script(text));
  t.notMatch(text, /^\s*(import|export)\b/m);
  t.notMatch(text, /\/\*\*/, 'nor a doc comment');
  t.notMatch(text, /<\/script|<!--/i, 'nothing ends or hides the element that it stands in');
  t.end();
});

t.test('they share one scope, so no name is taken twice and none is renamed', (t) => {
  const names = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/^(?:export )?(?:async )?(?:function|const|let|class) (\w+)/gm)].map(
      ([, name]) => name!,
    ),
  );
  t.same(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  for (const [name, text] of texts) t.notMatch(text, /^import [^;]* as /m, name);
  t.end();
});

t.test('text gets into the page as text only', (t) => {
  for (const [name, text] of texts)
    t.notMatch(
      text,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\b|new Function|srcdoc/,
      name,
    );
  t.end();
});

t.test('nothing is fetched', (t) => {
  t.notMatch(script(), /\bfetch\(|XMLHttpRequest|new WebSocket|EventSource|sendBeacon|new Image\b/);
  t.notMatch(style(), /url\(|@import|<\//);
  t.end();
});
