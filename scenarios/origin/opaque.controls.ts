import { APP, against } from './testing/judging.js';

export default against('null is let in', (origin) => origin === APP || origin === 'null');
