import { APP, against } from './testing/judging.js';

export default against('what ends so', (origin) => origin?.endsWith(new URL(APP).host) ?? false);
