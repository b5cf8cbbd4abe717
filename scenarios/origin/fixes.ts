/** How products compare an Origin with a list, whole and by octets. */
export const ALLOWLIST: Readonly<Record<string, string>> = {
  ws: `const wss = new WebSocketServer({ noServer: true });
const allowed = new Set(['https://app.example.com']);
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  if (!allowed.has(request.headers.origin)) {
    socket.end('HTTP/1.1 403 Forbidden\\r\\nConnection: close\\r\\nContent-Length: 0\\r\\n\\r\\n');
    return;
  }
  wss.handleUpgrade(request, socket, head, (client) => wss.emit('connection', client, request));
});`,
  nginx: `# in http { }
map $http_origin $foreign_origin {
  default 1;
  "~^https://app\\.example\\.com$" 0;
}
# in the location that passes WebSockets on
if ($foreign_origin) { return 403; }`,
  haproxy: `acl websocket req.hdr(Upgrade) -m str -i websocket
acl own_origin req.fhdr(Origin) -m str https://app.example.com
acl one_origin req.fhdr_cnt(Origin) eq 1
http-request deny deny_status 403 if websocket !own_origin
http-request deny deny_status 403 if websocket !one_origin`,
};
