/** Failures in curl's words, with its exit codes, from what Go's libraries would have said. */
import type { GoError, Url } from '../../lib/net/index.ts';

/** A failure with curl's exit code. */
export class CurlError { readonly code: number; readonly message: string; constructor(code: number, message: string) { this.code = code; this.message = message; } }

const ALERTS: Readonly<Record<string, string>> = {
  'certificate required': 'error:0A00045C:SSL routines::tlsv13 alert certificate required', 'unknown certificate authority': 'error:0A000418:SSL routines::tlsv1 alert unknown ca',
  'bad certificate': 'error:0A000412:SSL routines::sslv3 alert bad certificate', 'expired certificate': 'error:0A000415:SSL routines::sslv3 alert certificate expired',
};

/** Connecting or shaking hands failed after `tookUs`. */
export function connectError(error: GoError, url: Url, tookUs: number): CurlError {
  const after = `after ${Math.floor(tookUs / 1000)} ms`;
  if (error.kind === 'dns') return new CurlError(6, `Could not resolve host: ${url.host}`);
  if (error.message.startsWith('dial ') && error.kind === 'timeout') return new CurlError(28, `Failed to connect to ${url.host} port ${url.port} ${after}: Timeout was reached`);
  if (error.message.startsWith('dial ')) return new CurlError(7, `Failed to connect to ${url.host} port ${url.port} ${after}: Couldn't connect to server`);
  if (error.message.includes('server gave HTTP response') || error.message.includes('does not look like a TLS')) return new CurlError(35, 'error:0A00010B:SSL routines::wrong version number');
  if (error.kind === 'timeout') return new CurlError(28, `SSL connection timeout`);
  if (error.kind === 'eof') return new CurlError(35, 'error:0A000126:SSL routines::unexpected eof while reading');
  return new CurlError(35, `OpenSSL SSL_connect: Connection reset by peer in connection to ${url.host}:${url.port} `);
}

/** The request or its answer was lost. */
export function transferError(error: GoError, tls: boolean, limitUs: number | null): CurlError {
  if (error.kind === 'timeout') return new CurlError(28, `Operation timed out after ${Math.floor((limitUs ?? 0) / 1000)} milliseconds with 0 bytes received`);
  const alert = /^remote error: tls: (.*)$/.exec(error.message);
  if (alert) return new CurlError(56, `OpenSSL SSL_read: ${ALERTS[alert[1]!] ?? 'error:0A000410:SSL routines::sslv3 alert handshake failure'}, errno 0`);
  if (error.kind === 'eof') return tls ? new CurlError(56, 'OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while reading, errno 0') : new CurlError(52, 'Empty reply from server');
  return error.kind === 'reset' ? new CurlError(56, tls ? 'OpenSSL SSL_read: Connection reset by peer, errno 104' : 'Recv failure: Connection reset by peer') : new CurlError(1, `Received HTTP/0.9 when not allowed`);
}
