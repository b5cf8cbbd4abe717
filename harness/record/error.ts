/** What is wrong with a record or with the place it is to go to, as one sentence. */
export class RunFileError extends Error {
  override name = 'RunFileError';
}
