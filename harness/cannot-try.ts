/** The check cannot be tried at this place; the runner makes it a skip with this reason. */
export class CannotTry extends Error {
  override name = 'CannotTry';
}
