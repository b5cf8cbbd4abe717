/** Where and why a text is not JSON (RFC 8259). Line and column count from 1. */
export interface JsonBreak {
  line: number;
  column: number;
  why: string;
}

const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/;
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/;
const TOKEN = new RegExp(`[ \\t\\n\\r]*(?:([{}[\\],:])|(${STRING.source})|(${LITERAL.source})|$)`, 'y');

/** V8 does not always say where; this reads on until the text stops being JSON. Call it only for what does not parse. */
export function whereJsonBreaks(text: string): JsonBreak {
  const open: string[] = [];
  let want: 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'next' = 'value';
  for (TOKEN.lastIndex = 0; ; ) {
    const at = afterSpace(text, TOKEN.lastIndex);
    const token = TOKEN.exec(text);
    if (at === text.length)
      return place(text, at, open.length ? 'it ends in the middle; was it cut short?' : 'it is empty');
    if (!token && text[at] === '"')
      return place(text, at, 'this string is not closed, or not escaped as it must be');
    if (!token) return place(text, at, `unexpected ${shown(text, at)}`);
    const [, mark, string, literal] = token;
    if (want === 'colon' && mark === ':') want = 'value';
    else if (want.startsWith('key') && string !== undefined) want = 'colon';
    else if (want.startsWith('value') && (string ?? literal) !== undefined) want = 'next';
    else if (want.startsWith('value') && (mark === '{' || mark === '[')) {
      open.push(mark);
      want = mark === '{' ? 'key or }' : 'value or ]';
    } else if (
      (mark === '}' && open.at(-1) === '{' && (want === 'next' || want === 'key or }')) ||
      (mark === ']' && open.at(-1) === '[' && (want === 'next' || want === 'value or ]'))
    ) {
      open.pop();
      want = 'next';
    } else if (want === 'next' && mark === ',' && open.length) want = open.at(-1) === '{' ? 'key' : 'value';
    else return place(text, at, `unexpected ${shown(text, at)}`);
  }
}

function afterSpace(text: string, from: number): number {
  const rest = /[^ \t\n\r]/g;
  rest.lastIndex = from;
  return rest.exec(text)?.index ?? text.length;
}

function shown(text: string, at: number): string {
  return JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
}

function place(text: string, at: number, why: string): JsonBreak {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n'), why };
}
