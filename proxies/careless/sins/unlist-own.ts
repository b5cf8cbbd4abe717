import { tokens } from '../../plain/fields.js';
import type { MakeSin } from '../sin.js';

/** Says who is asking in X-Forwarded-For, and then removes what Connection names: also that (as in CVE-2022-31813). */
const make: MakeSin = () => ({
  request(head, { headers }) {
    const listed = tokens(headers.connection);
    return listed.includes('x-forwarded-for')
      ? head
      : { ...head, fields: [...head.fields, ['X-Forwarded-For', '192.0.2.1']] };
  },
});
export default make;
