/** Where lines of nginx's go. A file of the user's is searched for the very block. */
export const blocks = {
  http: 'http { … }',
  server: 'the server { … } that listens',
  location: 'the location { … } with the proxy_pass',
  stream: 'the server { … } in stream { … }',
} as const;
