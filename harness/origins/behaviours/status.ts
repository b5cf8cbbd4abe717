import type { Behaviour } from '../behaviour.js';

/** `/status/404`: that answer, whatever is asked; the connection stays open for the next request. */
const status: Behaviour = (talk) => {
  const code = Number(/^\/status\/(\d{3})/.exec(talk.url.pathname)?.[1] ?? 200);
  talk.answer(code, [['Content-Type', 'text/plain']], `status ${code}\n`);
};
export default status;
