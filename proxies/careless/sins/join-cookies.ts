import type { MakeSin } from '../sin.js';

/** Makes one field of the cookies that an answer sets, which no client can take apart. */
const make: MakeSin = () => ({
  answer(head) {
    const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'set-cookie';
    const cookies = head.fields.filter(isCookie).map(([, value]) => value);
    if (cookies.length === 0) return head;
    const others = head.fields.filter((field) => !isCookie(field));
    return { ...head, fields: [...others, ['Set-Cookie', cookies.join(', ')]] };
  },
});
export default make;
