import { besides } from './testing/guarded.js';

const algorithm = (authorization = ''): unknown => {
  const header = Buffer.from(/^Bearer ([^.]*)/.exec(authorization)?.[1] ?? '', 'base64url').toString();
  return header && (JSON.parse(header) as { alg: unknown }).alg;
};

export default besides(
  'believes the token’s own algorithm',
  ({ headers }) => algorithm(headers.authorization) === 'none',
);
