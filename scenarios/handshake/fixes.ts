/** What to put before a server, or into it, that takes what it ought to refuse; by product, as it is to be written there. */

export const KEY_FIXES = {
  nginx: 'if ($http_sec_websocket_key !~ "^[+/0-9A-Za-z]{22}==$") { return 400; }',
  haproxy:
    'http-request deny deny_status 400 if { hdr(upgrade) -i websocket } !{ hdr(sec-websocket-key) -m reg ^[+/0-9A-Za-z]{22}==$ }',
};

export const VERSION_FIXES = {
  ws: "verifyClient: ({ req }, done) => done(req.headers['sec-websocket-version'] === '13', 400)",
  nginx: 'if ($http_sec_websocket_version != "13") { return 400; }',
  haproxy:
    'http-request deny deny_status 400 if { hdr(upgrade) -i websocket } !{ hdr(sec-websocket-version) -m str 13 }',
};

export const METHOD_FIXES = {
  nginx: 'if ($request_method != GET) { return 405; }',
  haproxy: 'http-request deny deny_status 405 if { hdr(upgrade) -i websocket } !METH_GET',
};

export const HOST_FIXES = {
  ws: 'verifyClient: ({ req }, done) => done(req.headersDistinct.host?.length === 1, 400)',
  haproxy: 'http-request deny deny_status 400 unless { req.fhdr_cnt(host) eq 1 }',
};

export const HTTP_VERSION_FIXES = {
  ws: "verifyClient: ({ req }, done) => done(req.httpVersion === '1.1', 400)",
  nginx: 'if ($server_protocol != "HTTP/1.1") { return 400; }',
  haproxy: 'http-request deny deny_status 400 if { hdr(upgrade) -i websocket } !{ req.ver 1.1 }',
};
