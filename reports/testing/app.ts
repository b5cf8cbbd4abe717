/** A module of the page's program that needs no page. The caller says what it wants of it. */
export const app = <T>(name: string): Promise<T> =>
  import(new URL(`../html/app/${name}.js`, import.meta.url).href) as Promise<T>;
