// A version of webpack-dev-server over a compiler that has compiled nothing: its SockJS endpoint is at /sockjs-node.
//   node webpack-dev-server.mjs HOST PORT PACKAGE
import Module, { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const load = Module._load;
Module._load = function (asked, ...rest) {
  return asked === 'webpack' || asked === 'webpack-dev-middleware'
    ? standIn
    : load.call(this, asked, ...rest);
};
const Server = createRequire(import.meta.url)(name);

function standIn() {
  return (_request, _response, next) => next();
}
const hook = { tap: () => {} };
const compiler = { hooks: { compile: hook, invalid: hook, done: hook } };
const options = { contentBase: false, public: undefined, clientLogLevel: 'none', noInfo: true, quiet: true };

new Server(compiler, options).listen(port, host, ready);
