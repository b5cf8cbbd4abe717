import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Reporter } from '../../harness/model.js';
import { toJson } from '../common/json.js';
import { script, style } from './assets.js';
import { detailsOf, indexOf } from './payload.js';

/**
 * One file that opens from disk. Nothing of the record is markup: it stands as JSON whose `<` are escaped, and as
 * gzip in base64, and the program puts it into the page as text. The policy lets that one program run and nothing else.
 */
export default {
  title: 'HTML, one page that opens from disk',
  file: 'index.html',
  render(run) {
    const index = indexOf(run);
    const [code, css] = [script(), style()];
    const policy = [
      "default-src 'none'",
      `script-src '${hash(code)}'`,
      `style-src '${hash(css)}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; ');
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>wsgauntlet</title>
<style>${css}</style>
</head>
<body>
<noscript><p>This report needs JavaScript; run.json beside it holds the same.</p></noscript>
<script type="application/json" id="index">${inert(toJson(index))}</script>
${detailsOf(run).map(packed).join('\n')}
<script>${code}</script>
</body>
</html>
`;
  },
} satisfies Reporter;

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON that no HTML parser sees an end in. */
const inert = (json: string) =>
  json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');

const packed = (value: unknown) =>
  `<script type="text/plain" class="detail">${gzipSync(JSON.stringify(value), { level: 9 }).toString('base64')}</script>`;
