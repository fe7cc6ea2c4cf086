/** Owns: what openssl s_client (1.0.2 to 3.5) prints beside the dialogue, with -state, -msg, -debug, -brief and without. */

/** By the line's beginning. */
const beginnings: readonly string[] = [
  'CONNECTED(', 'Connecting to ', 'CONNECTION ESTABLISHED', 'CONNECTION FAILURE', '---', 'Certificate chain', 'Server certificate', 'subject=',
  'issuer=', 'No client certificate CA names sent', 'Acceptable client certificate CA names',
  'Client Certificate Types:', 'Requested Signature Algorithms:', 'Shared Requested Signature Algorithms:',
  'Peer signing digest:', 'Peer signature type:', 'Server Temp Key:', 'Peer Temp Key:', 'Negotiated TLS1.3 group:',
  'SSL handshake has read ', 'Verification: ', 'Verification error:', 'Verify return code:', 'New, ', 'Reused, ',
  'Server public key is ', 'Secure Renegotiation IS ', 'Compression:', 'Expansion:', 'No ALPN negotiated',
  'ALPN protocol:', 'Next protocol:', 'SRTP Extension', 'Early data was ', 'SSL-Session:', 'Post-Handshake New Session Ticket',
  'read R BLOCK', 'read W BLOCK', 'read X BLOCK', 'write R BLOCK', 'write W BLOCK', 'write X BLOCK', 'closed', 'DONE', 'RENEGOTIATING', 'KEYUPDATE', 'depth=', 'verify return:',
  'verify error:', 'verify depth is ', 'notBefore=', 'notAfter=', 'SSL_connect:', 'SSL_connect error', 'SSL3 alert ', 'SSL_accept:',
  'Protocol version:', 'Protocol: ', 'Ciphersuite:', 'Cipher : ', 'Peer certificate:', 'Hash used:', 'Signature type:', 'No peer certificate',
  'no peer certificate available', "Can't use SSL_get_servername", "Didn't find STARTTLS in server response", 'Server certificate',
  'read from 0x', 'write to 0x', 'SSL_get_', 'OCSP response', 'OCSP Response', 'SCTs present', 'Supported ', 'Shared ', 'Warning: ', 'warning: ',
  'Using default temp DH parameters', 'DANE TLSA ', 'Verified peername:', 'Peername:', 'PSK ', 'Session-ID', 'TLS session ticket', 'Server did ',
  'connect:errno=', 'connect: ', 'read:errno=', 'write:errno=', 'getservbyname', 'gethostbyname', 'BIO_', 's_client:', 'unable to ', 'Error ', 'poll error', 'select error',
  'Extended master secret', 'Max Early Data', 'EARLY DATA', 'HEARTBEATING', 'drop connection and then reconnect', 'Key-Arg', 'Krb5 Principal', 'server didn\'t ', 'bad select ',
  'Finished - Warning', 'Can\'t open', 'Could not ', 'Expected type', 'Suite B',
] // prettier-ignore

const shapes: readonly RegExp[] = [
  // A certificate of the chain: number and subject, issuer, key, validity.
  /^ ?\d{1,3} s:/,
  /^ {2,3}[iav]:/,
  // Fields of a session, hex dumps of a ticket, of -debug and of -msg.
  /^ {4}(?:Protocol|Cipher|Session-ID(?:-ctx)?|Master-Key|Resumption PSK|PSK identity(?: hint)?|SRP username|Krb5 Principal|Key-Arg|TLS session ticket(?: lifetime hint)?|Start Time|Timeout|Verify return code|Extended master secret|Max Early Data|Compression)\b/,
  /^ {0,4}[0-9a-f]{4} - (?:[0-9a-f]{2}[ -]){1,16}/,
  /^ {4}(?:[0-9a-f]{2}(?: |$)){1,16}$/,
  /^(?:>>>|<<<) (?:\?\?\?|TLS|DTLS|SSL)/,
  /^[0-9A-F]{8,16}:error:/,
  /^\d{5,20}:error:/,
  /^(?:C|ST|L|O|OU|CN|DC|emailAddress) ?= ?.{1,500}$/,
  /^\/(?:C|ST|L|O|OU|CN)=.{1,500}$/,
  /^\S{0,100}[^\n]{0,100}[$#%>❯] ?(?:sudo )?openssl\b/u,
  /^openssl s_client\b/,
]

export const isNoise = (text: string): boolean =>
  beginnings.some((beginning) => text.startsWith(beginning)) || shapes.some((shape) => shape.test(text))

/** What can come in the middle of content: nobody writes that in a message by chance. */
export const isLoudNoise = (text: string): boolean =>
  /^(?:Post-Handshake New Session Ticket arrived:|read [RWX] BLOCK|SSL_connect:|SSL3 alert |(?:read|write):errno=\d)/.test(
    text,
  )

/** Blocks of base64 that are one thing: certificates, sessions. */
export const blockBegins = (text: string): string | null =>
  /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/.exec(text)?.[1] ?? null
export const blockEnds = (text: string): boolean => /^-----END [A-Z0-9 ]{1,40}-----$/.test(text)
