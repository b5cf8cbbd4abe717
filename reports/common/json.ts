/** JSON in which what cannot be seen, or turns the direction of text, stands as `\u202e`: the same value, safe to print. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
