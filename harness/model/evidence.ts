import type { Transcript } from './transcript.js';

export interface Evidence {
  /** Milliseconds since the run began, with fractions. */
  at: number;
  /**
   * `client`, `origin`, a hop's name, or a segment: `squid → nginx`. What a segment `sent` went towards the origin
   * there, what it `received` came back.
   */
  by: string;
  kind: 'sent' | 'received' | 'log' | 'note';
  text: string;
  /** Base64 of the octets, cut at a bound; of a frame, of its payload with the mask taken off. */
  bytes?: string;
  mark?: Mark;
  /** Of a frame: its header fields (RFC 6455 §5.2), the length of its payload, and the masking key in hex. */
  frame?: {
    fin: boolean;
    rsv: number;
    opcode: number;
    masked: boolean;
    octets: number;
    mask?: string;
  };
  /** Which connection of the check's it belongs to: the token in its request target. */
  of?: string;
}

/** What an entry of the evidence is, for those who draw it. */
export type Mark = 'connect' | 'tls' | 'request' | 'response' | 'frame' | 'octets' | 'fin' | 'rst';

/** How one side saw a connection end. `nothing`: it did not, in the time watched. */
export type Ending = 'fin' | 'rst' | 'close' | 'nothing';

export interface End {
  how: Ending;
  at: number;
  /** Of the Close frame, where one came. */
  code?: number;
  reason?: string;
}

/** A TLS session, as one of its ends has it. */
export interface TlsSession {
  /** `TLSv1.3` */
  version: string;
  /** What ALPN (RFC 7301) settled on, if anything. */
  alpn?: string;
  /** Of the certificate that the server showed: issuer common name, and SHA-256. */
  issuer: string;
  fingerprint: string;
  /** tls-exporter channel binding (RFC 9266), base64: the same at both ends of one session, and of no other. */
  binding: string;
  /** What follows is the client's view. OpenSSL's name of the cipher: `ECDHE-RSA-AES256-GCM-SHA384`. */
  readonly cipher?: string;
  /** The name that the certificate was held against. */
  readonly name?: string;
  /** Whether it goes on from a session of before. */
  readonly resumed?: boolean;
  /** What a later connection goes on from, once the server has given it; live. */
  readonly ticket?: Uint8Array | undefined;
  /** The server's certificate first, then those above it, as far as they are known; at most 8. */
  readonly chain?: readonly ShownCertificate[];
  /** Why the chain does not verify by what the client trusts, where it was taken all the same. */
  readonly distrust?: string;
  /** Why the certificate is not for the name, where it was taken all the same. */
  readonly misnamed?: string;
}

/** A certificate of a chain (RFC 5280 §4.1). Texts are escaped and bounded. */
export interface ShownCertificate {
  /** `CN=example.test, O=Example`, and so on */
  subject: string;
  issuer: string;
  /** Of subjectAltName: `DNS:example.test`, `IP Address:127.0.0.1`; at most 100. */
  names: readonly string[];
  /** notBefore and notAfter, ms since 1970. */
  from: number;
  to: number;
  /** `rsa` with its bits, `ec` with its curve, `ed25519` … */
  key: { type: string; bits?: number; curve?: string };
  /** `RSA with SHA-256`, or the OID of what has no name here. */
  signature: string;
  selfSigned: boolean;
  /** SHA-256 */
  fingerprint: string;
}

/** The fields of RFC 6455 §5.2, payload unmasked. */
export interface WireFrame {
  fin: boolean;
  rsv: number;
  opcode: number;
  mask?: Uint8Array;
  payload: Uint8Array;
}

/** One request and what followed it on its connection, as our origin saw it; live. */
export interface Sighting {
  /** The value of `gauntlet=` in the request target, by which a client finds its own connection. */
  readonly token?: string;
  /** Numbers the TCP connection: several requests over one share it. */
  readonly connection: number;
  readonly openedAt: number;
  /** The request head, byte for byte (latin1), without what followed. */
  readonly head?: string;
  /** The head of the answer that the origin sent, byte for byte (latin1). */
  readonly answer?: string;
  /** TLS server name that was asked for. */
  readonly servername?: string;
  readonly tls?: TlsSession;
  readonly frames: readonly WireFrame[];
  /** Data octets that came after the head, first 64 KiB. */
  readonly raw: Uint8Array;
  readonly evidence: readonly Evidence[];
  /** The octets of its connection, those of other requests over it included. */
  readonly transcript?: Transcript;
  /** Settles when the connection is over on this side. */
  readonly ended: Promise<End>;
}

export interface Sightings {
  /** The sighting of that token, waiting for it at most so long; undefined when none came. */
  of(token: string, withinMs: number): Promise<Sighting | undefined>;
  all(): readonly Sighting[];
}
