import { besides } from './testing/guarded.js';

export default besides(
  'guards /echo by its letters',
  ({ url = '' }) => !url.startsWith('/echo') || url === '/echo/',
);
