import { CallerError, SmartwrightError, UpstreamError } from '../../config/model/errors.js';
import { CONNECT_TIMEOUT } from './agents.js';

/** Whether a failure means that the connection was lost, and that a new one may fare better. */
export function isLostConnection(error: unknown): boolean {
  return lost.has(codeOf(error));
}

const lost = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Codes of the system, of TLS and of undici, by what they say about the service. */
const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name is not known; check the spelling and the DNS',
  EAI_AGAIN: 'its host name cannot be resolved now; check the DNS',
  ECONNREFUSED: 'it refuses the connection; check the port and whether the service runs',
  EHOSTUNREACH: 'there is no route to its host',
  ENETUNREACH: 'there is no route to its network',
  ECONNRESET: 'it closed the connection without an answer',
  EPIPE: 'it closed the connection without an answer',
  UND_ERR_SOCKET: 'it closed the connection without an answer',
  EADDRNOTAVAIL: 'its address cannot be used',
  UND_ERR_CLOSED: 'the connections are being closed',
  UND_ERR_DESTROYED: 'the connections are being closed',
  EPROTO: 'it does not speak TLS on this port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it wants a client certificate; set the service key "Client Certificate"',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'it refuses the TLS handshake; it may want a client certificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it refuses the client certificate, or wants one',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it refuses the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the client certificate has expired',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not trust the authority of the client certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself; add it to the service key "Trusted Certificates" or to NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate authority is not trusted; add it to the service key "Trusted Certificates" or to NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate chain is incomplete or not trusted; add it to the service key "Trusted Certificates" or to NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate authority is not trusted; add it to the service key "Trusted Certificates" or to NODE_EXTRA_CA_CERTS',
};

/**
 * The typed error for what the transport threw.
 *
 * @param what names the request, without its query
 * @param answering whether the head of the answer had arrived
 * @param secure whether it went over TLS
 */
export function failure(error: unknown, what: string, answering: boolean, secure = false): SmartwrightError {
  if (error instanceof SmartwrightError) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return new UpstreamError('UPSTREAM_UNREADABLE', `${what}: the answer is not HTTP/1.1.`, cause);
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || (answering && lost.has(code))) {
    return new UpstreamError(
      'UPSTREAM_UNREADABLE',
      `${what}: the connection was lost before the answer was complete.`,
      cause,
    );
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new UpstreamError('UPSTREAM_TOO_LARGE', `${what}: the headers of the answer exceed 16 KiB.`, cause);
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    const seconds = CONNECT_TIMEOUT / 1_000;
    return new UpstreamError('UPSTREAM_TIMEOUT', `${what}: no connection within ${seconds} seconds.`, cause);
  }
  if (
    code === 'UND_ERR_INVALID_ARG' ||
    code === 'UND_ERR_NOT_SUPPORTED' ||
    code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'
  ) {
    // undici's messages name the header and not its value.
    const reason = error instanceof Error ? error.message : code;
    const message = `${what}: the request cannot be sent: ${reason}. A header value may have no line break or control character.`;
    return new CallerError('INPUT_INVALID', message, cause);
  }
  const reason = unreachable[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`;
  // A server refuses a client's certificate, or its absence, once the handshake is over for the client (RFC 8446 §4.4.2.4).
  const hint = secure && lost.has(code) ? '; it may want another client certificate, or one at all' : '';
  return new UpstreamError('UPSTREAM_UNREACHABLE', `${what}: the service cannot be reached: ${reason}${hint}.`, cause);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
