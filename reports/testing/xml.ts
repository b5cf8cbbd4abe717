export interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const TOKEN = /<\?xml[^?]*\?>\n|<(\/?)([\w.-]+)((?: [\w.-]+="[^<"]*")*)(\/?)>|([^<]+)/y;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** A strict reader of the XML that reporters write. @throws for whatever is not well-formed (XML 1.0). */
export function parseXml(text: string): Element {
  const bad = ILLEGAL.exec(text);
  if (bad) throw new Error(`no XML character: ${JSON.stringify(bad[0])}`);
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw new Error(`not well-formed at: ${text.slice(at, at + 80)}`);
    const [, end, name, attributes, empty, words] = token;
    const parent = open.at(-1)!;
    if (words !== undefined) parent.text += decode(words);
    else if (name === undefined) continue;
    else if (end) {
      if (parent.name !== name) throw new Error(`</${name}> ends <${parent.name}>`);
      open.pop();
    } else {
      const element: Element = { name, attributes: read(attributes!), text: '', children: [] };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one whole element');
  return root.children[0]!;
}

function read(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([\w.-]+)="([^"]*)"/g)].map(
    ([, name, value]) => [name!, decode(value!)] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length)
    throw new Error(`an attribute twice in${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&(?:#(\d+)|(\w*));?/g, (whole, code, name) => {
    if (!whole.endsWith(';') || (name !== undefined && !(name in ENTITIES)))
      throw new Error(`no entity: ${whole}`);
    return code ? String.fromCodePoint(Number(code)) : ENTITIES[name]!;
  });
}
