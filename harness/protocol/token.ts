/** Whether the text is a token of RFC 9110 §5.6.2: what methods, field names and extension parameters are made of. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}
