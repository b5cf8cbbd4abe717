/** Where products look at credentials before the 101. */
export const BEFORE: Readonly<Record<string, string>> = {
  ws: `const wss = new WebSocketServer({ noServer: true });
server.on('upgrade', async (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  const user = await userOf(request).catch(() => undefined);
  if (!user) {
    socket.end('HTTP/1.1 401 Unauthorized\\r\\nConnection: close\\r\\nContent-Length: 0\\r\\n\\r\\n');
    return;
  }
  wss.handleUpgrade(request, socket, head, (client) => wss.emit('connection', client, request, user));
});`,
  nginx: `location /ws {
  auth_request /who;  # a location that answers 2xx or 401
  proxy_pass http://app;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection upgrade;
}`,
};
