export interface UserFileOptions {
  /** Which of its listening addresses clients are to use: as written, `host:port`, a port, or a line (`:12`). */
  listen?: string | undefined;
  /** Which target our origin is to stand for: as written, `host:port`, a name, nginx's location, or a line. */
  upstream?: string | undefined;
}
