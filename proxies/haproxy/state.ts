/** What of an HAProxy's file its remedies depend on. */
export interface HaproxyState {
  /** The section that leads to the servers speaks HTTP, and does not relay TCP alone. */
  http: boolean;
  /** `timeout tunnel` and `timeout server`, as written there. */
  tunnel?: string;
  server?: string;
  /** Clients reach it by TLS, and by none older than 1.2. */
  tls?: boolean;
  tls12?: boolean;
  /** It takes Upgrade away unless it says websocket. */
  websocketAlone?: boolean;
}

/** What goes to the end of a line. */
export const BIND = 'the bind line';

/** The section where the lines go; a file of the user's is searched for it. */
export const SECTION = 'the backend or listen section with the servers';
