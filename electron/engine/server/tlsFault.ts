/** Owns: why a TLS handshake with a client failed, by the library's error code, in words with what to try. */

export interface TlsFault {
  code: string
  message: string
}

const plain =
  'The client did not speak TLS. On this port set it to implicit TLS ("SSL/TLS"), or use a STARTTLS port.'
const distrust =
  'The client does not trust the certificate. Give it the authority in ca.pem, or let it accept the certificate.'
const versions = 'The client offers no TLS version that this port takes.'

const noCertificate =
  'The client showed no certificate, which this port requires. Give it one, or let the port only ask for it.'
/** The handshake itself succeeds with any certificate; this one is turned away behind it. */
export const wrongCertificate: TlsFault = {
  code: 'tls-client-certificate-required',
  message:
    'The client certificate cannot be verified: it has to be signed by the authority set for this port, and be in date.',
}

/** OpenSSL's codes as Node names them; BoringSSL (Electron) shares most of them. */
const words: Record<string, TlsFault> = {
  ERR_SSL_WRONG_VERSION_NUMBER: { code: 'port-speaks-implicit-tls', message: plain },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { code: 'port-speaks-implicit-tls', message: plain },
  ERR_SSL_HTTP_REQUEST: { code: 'port-speaks-implicit-tls', message: `It spoke HTTP. ${plain}` },
  ERR_SSL_UNSUPPORTED_PROTOCOL: { code: 'tls-no-common-version', message: versions },
  ERR_SSL_VERSION_TOO_LOW: { code: 'tls-no-common-version', message: versions },
  ERR_SSL_NO_SHARED_CIPHER: {
    code: 'tls-no-common-cipher',
    message: 'The client offers no cipher suite that this server has.',
  },
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: { code: 'certificate-untrusted-root', message: distrust },
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: { code: 'certificate-untrusted-root', message: distrust },
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: { code: 'certificate-untrusted-root', message: distrust },
  ERR_SSL_TLS_ALERT_BAD_CERTIFICATE: { code: 'certificate-untrusted-root', message: distrust },
  ERR_SSL_TLS_ALERT_CERTIFICATE_UNKNOWN: { code: 'certificate-untrusted-root', message: distrust },
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: {
    code: 'tls-client-certificate-required',
    message: noCertificate,
  },
  ECONNRESET: { code: 'tls-reset', message: 'The client reset the connection during the handshake.' },
  EPIPE: { code: 'tls-reset', message: 'The client reset the connection during the handshake.' },
}

export const tlsClosed: TlsFault = {
  code: 'tls-closed',
  message: 'The client closed the connection during the handshake.',
}
export const tlsTimeout: TlsFault = { code: 'tls-timeout', message: 'The handshake took too long.' }

export function tlsFault(error: unknown): TlsFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code.includes('ALERT')) {
    const alert = code.replace(/^ERR_SSL_(?:TLSV1|TLSV13|SSLV3|TLS)_ALERT_/u, '').toLowerCase()
    return (
      words[code] ?? { code: 'tls-alert', message: `The client ended the handshake with the alert ${alert}.` }
    )
  }
  return words[code] ?? { code: 'tls-failed', message: `The handshake failed: ${code}.` }
}
