/** Other spellings of a request target that some servers take for the same, with its query. */
export function spellingsOf(target: string): string[] {
  const at = target.indexOf('?');
  const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)];
  const last = path.search(/[a-z](?=[^a-z]*$)/i);
  const encoded =
    last < 0 ? path : `${path.slice(0, last)}%${path.charCodeAt(last).toString(16)}${path.slice(last + 1)}`;
  const swapped = path === path.toUpperCase() ? path.toLowerCase() : path.toUpperCase();
  const all = [
    path.endsWith('/') ? path.slice(0, -1) : `${path}/`,
    `/${path}`,
    swapped,
    encoded,
    `/.${path}`,
    `/x/..${path}`,
    `${path};x`,
    `${path}%2f`,
  ];
  return [...new Set(all)].filter((one) => one !== path && one.startsWith('/')).map((one) => one + query);
}
