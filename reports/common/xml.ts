import { visible } from './text.js';

/** Text for an element or a double-quoted attribute. What XML 1.0 §2.2 cannot hold is written out as `\\x1b`. */
export function escapeXml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** ` name="value"` for each, with a space before; line ends survive the normalisation of attribute values. */
export function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => ` ${name}="${escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
}
