// `undici.mjs URL [package]`: undici's WebSocket, with its errors handled.
const { WebSocket } = await import(process.argv[3] ?? 'undici');
const socket = new WebSocket(process.argv[2]);
socket.addEventListener('open', () => socket.send('hello'));
socket.addEventListener('error', ({ error, message }) => console.error('error', message || error));
socket.addEventListener('close', ({ code }) => console.error('closed', code));
