import { UserFileError } from '../choose.js';
import type { Source } from '../source.js';

export interface Word {
  /** Without quotes. */
  text: string;
  start: number;
  end: number;
}

export interface Directive {
  name: string;
  args: readonly Word[];
  source: Source;
  start: number;
  /** Behind the semicolon, or behind the block. */
  end: number;
  /** What is between the braces. */
  block?: readonly Directive[];
  /** Behind the opening brace. */
  inside: number;
  /** What an `include` brought here, file by file. */
  included?: readonly { source: Source; directives: readonly Directive[] }[];
}

/** Reads a file of nginx's syntax. Throws a UserFileError with file and line where braces or quotes do not close. */
export function parse(source: Source): Directive[] {
  const { text } = source;
  let at = 0;
  const fail = (why: string, offset = at): never => {
    throw new UserFileError(`${source.at(offset)}: ${why}`);
  };

  function skip(): void {
    for (;;) {
      while (/\s/.test(text[at] ?? '')) at++;
      if (text[at] !== '#') return;
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    }
  }

  function word(): Word {
    const start = at;
    const quote = text[at] === '"' || text[at] === "'" ? text[at++] : undefined;
    let read = '';
    for (; at < text.length; at++) {
      const c = text[at]!;
      if (c === '\\' && at + 1 < text.length) read += c + text[++at]!;
      else if (quote) {
        if (c === quote) return { text: read, start, end: ++at };
        read += c;
      } else if (c === '$' && text[at + 1] === '{') {
        const end = text.indexOf('}', at);
        if (end < 0) fail('"${" is not closed');
        read += text.slice(at, end + 1);
        at = end;
      } else if (/[\s;{]/.test(c)) break;
      else read += c;
    }
    if (quote) fail('the quote is not closed', start);
    return { text: read, start, end: at };
  }

  /** The Lua of OpenResty, which has a syntax of its own. */
  function foreign(): void {
    for (let depth = 1; depth > 0; at++) {
      if (at >= text.length) fail('the block is not closed');
      if (text[at] === '{') depth++;
      if (text[at] === '}') depth--;
    }
  }

  function directives(opened?: number): Directive[] {
    const found: Directive[] = [];
    for (;;) {
      skip();
      if (at >= text.length) return opened === undefined ? found : fail('the block is not closed', opened);
      if (text[at] === '}') {
        if (opened === undefined) fail('"}" without "{"');
        at++;
        return found;
      }
      found.push(directive());
    }
  }

  function directive(): Directive {
    const start = at;
    const words: Word[] = [];
    for (skip(); at < text.length && text[at] !== ';' && text[at] !== '{'; skip()) {
      if (text[at] === '}') fail('a ";" is missing', words.at(-1)?.start ?? at);
      words.push(word());
    }
    const [name, ...args] = words;
    if (!name) fail(`"${text[at] ?? ''}" without a directive`);
    if (at >= text.length) fail(`"${name!.text}" is not ended with ";"`, start);
    const block = text[at++] === '{';
    const inside = at;
    let content: Directive[] | undefined;
    if (block && /_by_lua_block$/.test(name!.text)) foreign();
    else if (block) content = directives(start);
    return { name: name!.text, args, source, start, end: at, inside, ...(content && { block: content }) };
  }

  return directives();
}
