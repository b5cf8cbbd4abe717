// What the servers beside this file share: each is started with HOST PORT PACKAGE, and says when it can be reached.

export function where() {
  const [host, port, name] = process.argv.slice(2);
  return { host, port: Number(port), name };
}

export const ready = () => console.log('ready');
