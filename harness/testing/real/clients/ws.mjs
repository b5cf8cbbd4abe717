// `ws.mjs URL [package]`: the client of the `ws` library as its manual shows it.
const { WebSocket } = await import(process.argv[3] ?? 'ws');
const socket = new WebSocket(process.argv[2]);
socket.on('open', () => socket.send('hello'));
socket.on('error', console.error);
