/** Owns: telling what speaks when it is not SMTP: a web server, a mailbox server or TLS on the port that was dialled. */
import { toByteString } from '../../bytes/bytes.ts'

export type OtherProtocol = 'HTTP' | 'POP3' | 'IMAP' | 'SSH' | 'TLS'

const signs: readonly (readonly [RegExp, OtherProtocol])[] = [
  [/^HTTP\/\d/, 'HTTP'],
  [/^<(?:!DOCTYPE|html)/i, 'HTTP'],
  [/^(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT) \S+ HTTP\/\d/, 'HTTP'],
  [/^\+OK|^-ERR/, 'POP3'],
  [/^\* (?:OK|PREAUTH|BYE) /i, 'IMAP'],
  [/^SSH-\d/, 'SSH'],
  // A TLS record: handshake or alert, then version 3.0 to 3.4 (RFC 8446 §5.1).
  // eslint-disable-next-line no-control-regex -- binary by nature
  [/^[\u0015\u0016]\u0003[\u0000-\u0004]/, 'TLS'],
]

/** Name of the protocol whose first octets these look like, or null. */
export function guessProtocol(bytes: Uint8Array): OtherProtocol | null {
  const text = toByteString(bytes.subarray(0, 64))
  return signs.find(([form]) => form.test(text))?.[1] ?? null
}
