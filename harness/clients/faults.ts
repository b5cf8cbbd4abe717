import { show } from '../protocol/index.js';

type Fault = NodeJS.ErrnoException & { reason?: string; cert?: { subjectaltname?: string } };

/** Whether the far end broke the connection off. */
export const isReset = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE';

/** Why there is no TCP connection to an address, in one sentence. */
export function tcpFault(fault: Fault, { host, port }: { host: string; port: number }): string {
  const there = `${bracketed(host)}:${port}`;
  switch (fault.code) {
    case 'ENOTFOUND':
    case 'EAI_NODATA':
      return `there is no host called ${show(host)} (${fault.code})`;
    case 'EAI_AGAIN':
      return `the name ${show(host)} cannot be looked up: the DNS of this machine does not answer (EAI_AGAIN)`;
    case 'ECONNREFUSED':
      return `nothing listens at ${there} (ECONNREFUSED)`;
    case 'ETIMEDOUT':
      return `${there} does not answer (ETIMEDOUT)`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return `there is no way to ${there} (${fault.code})`;
    case 'ECONNRESET':
      return `${there} broke the connection off (ECONNRESET)`;
    default:
      return `no TCP connection to ${there}: ${show(fault.message || String(fault.code))}`;
  }
}

export const unbracketed = (host: string): string => host.replace(/^\[|\]$/g, '');
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** By the codes of OpenSSL's X509_V_ERR_… */
const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not yet valid',
  CERT_REVOKED: 'the certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed and not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain ends in a CA that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT:
    'the CA that signed the certificate is not trusted, or an intermediate certificate is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the CA that signed the certificate is not trusted, or an intermediate certificate is missing',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the CA that signed the certificate is not trusted, or an intermediate certificate is missing',
  CERT_SIGNATURE_FAILURE: 'the signature of the certificate is wrong',
  INVALID_PURPOSE: 'the certificate is not one for servers',
  CA_MD_TOO_WEAK: 'a certificate of the chain is signed with a hash that is too weak',
  EE_KEY_TOO_SMALL: 'the key of the certificate is too small',
};

/** What is wrong with a chain, by the code that verification gave it. */
export const chainFault = (code: string): string =>
  CERTIFICATE[code] ?? `the certificate does not verify (${code})`;

/** RFC 8446 §6, as OpenSSL names those that it received: with the `ALERT` missing from some. */
const ALERT =
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_(\w+)|(UNRECOGNIZED_NAME|UNSUPPORTED_EXTENSION|CERTIFICATE_UNOBTAINABLE|BAD_CERTIFICATE_\w+))$/;
/** The octets that came are no TLS records. */
const NO_TLS = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_RECORD_LENGTH_MISMATCH',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_BAD_RECORD_TYPE',
]);
const HINT: Readonly<Record<string, string>> = {
  HANDSHAKE_FAILURE: ': no version, cipher or certificate suits both sides',
  PROTOCOL_VERSION: ': it does not take this version of TLS',
  NO_APPLICATION_PROTOCOL: ': it takes none of the protocols offered by ALPN',
  UNRECOGNIZED_NAME: ': it knows no host of that name',
  CERTIFICATE_REQUIRED: ': it wants a certificate of the client',
  BAD_CERTIFICATE: ': it does not take the certificate of the client, or wants one',
  UNKNOWN_CA: ': it does not trust the CA of the client’s certificate',
};

/** What an alert of the far end says, if that is what the fault is. */
function alertFault({ code = '' }: Fault): string | undefined {
  const alert = ALERT.exec(code);
  const which = alert?.[1] ?? alert?.[2];
  if (!which) return undefined;
  const words = which.toLowerCase().replaceAll('_', ' ');
  return `the far end refused the TLS handshake (alert ${words})${HINT[which] ?? ''}`;
}

/** Why a connection was lost: with TLS 1.3 a refusal of the client's certificate comes after the handshake. */
export const lossFault = (fault: Fault): string => alertFault(fault) ?? show(fault.message, 200);

/** Why there is no TLS session for a name, in one sentence. */
export function tlsFault(fault: Fault, name: string): string {
  const code = fault.code ?? '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = fault.cert?.subjectaltname;
    return `the certificate is not for ${show(name)}: it is for ${names ? show(names, 200) : 'no name that counts'}`;
  }
  if (CERTIFICATE[code]) {
    const more = code.startsWith('UNABLE') ? ` (${fault.message})` : '';
    return CERTIFICATE[code] + more;
  }
  const refused = alertFault(fault);
  if (refused !== undefined) return refused;
  if (NO_TLS.has(code))
    return `no TLS is spoken there: the answer is something else (${fault.reason ?? code})`;
  if (isReset(fault)) return 'the connection was broken off in the TLS handshake';
  return `no TLS handshake: ${show(fault.reason ?? fault.message, 200)}`;
}
