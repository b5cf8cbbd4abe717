import { APP, against } from './testing/judging.js';

export default against('a pattern', (origin = '') => new RegExp(`^${APP}$`).test(origin));
