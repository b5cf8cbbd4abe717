import type { Reporter } from '../harness/model.js';
import { toJson } from './common/json.js';

export default {
  title: 'The record itself, as run.json',
  file: 'run.json',
  render: (run) => `${toJson(run)}\n`,
} satisfies Reporter;
