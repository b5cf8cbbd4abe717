import { APP, against } from './testing/judging.js';

export default against('what begins so', (origin) => origin?.startsWith(APP) ?? false);
