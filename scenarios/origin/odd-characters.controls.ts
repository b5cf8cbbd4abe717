import { APP, against } from './testing/judging.js';

export default against('up to an odd character', (origin = '') => origin.split(/[^\w:/.-]|_/)[0] === APP);
