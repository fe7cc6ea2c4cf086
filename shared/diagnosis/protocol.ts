/** Owns: recognising from its first octets which protocol is not SMTP. A guess by form, bounded to 512 octets. */

import { fromByteString } from '../bytes/bytes.ts'
import { guessProtocol } from '../smtp/grammar/otherProtocols.ts'

export interface Likeness {
  /** As a person calls it: HTTP, SSH, IMAP. */
  name: string
  confidence: 'certain' | 'likely'
}

/** Beside those that the machine itself knows (otherProtocols.ts). */
const starts: readonly (readonly [prefix: string, name: string])[] = [
  ['RFB 0', 'VNC'],
  ['AMQP', 'AMQP'],
  ['"IMPLEMENTATION"', 'ManageSieve'],
  ['<?xml', 'XMPP'],
  ['<stream:', 'XMPP'],
  ['\u00ff\u00fb', 'Telnet'],
  ['\u00ff\u00fd', 'Telnet'],
  ['\u0003\u0000\u0000', 'Remote Desktop'],
]

/** Words in a greeting that has SMTP's form (`220 …`) but belongs to another protocol that shares it. */
const words: readonly (readonly [word: string, name: string])[] = [
  ['ftp', 'FTP'],
  ['nntp', 'NNTP'],
  ['lmtp', 'LMTP'],
]

/** MySQL: a packet of 3-octet length, number 0, protocol version 10 or error 255. */
const isMySql = (bytes: string): boolean =>
  bytes.length > 5 && bytes.charCodeAt(3) === 0 && (bytes[4] === '\n' || bytes[4] === '\u00ff')

/**
 * The protocol that octets (a byte string) look like; null when they look like SMTP or like nothing known.
 * A greeting that names SMTP is SMTP, whatever else it says.
 */
export function protocolOf(bytes: string): Likeness | null {
  const head = bytes.slice(0, 512)
  const guess = guessProtocol(fromByteString(head.slice(0, 64)))
  if (guess) return { name: guess, confidence: 'certain' }
  const lower = head.toLowerCase()
  const found = starts.find(([prefix]) => lower.startsWith(prefix.toLowerCase()))
  if (found) return { name: found[1], confidence: 'certain' }
  if (isMySql(head)) return { name: 'MySQL', confidence: 'likely' }
  const code = head.slice(0, 3)
  if (!['200', '201', '220', '421', '500', '530'].includes(code) || lower.includes('smtp')) return null
  const tokens = lower.split(/[^a-z]+/)
  const word = words.find(([text]) => tokens.some((token) => token.includes(text)))
  return word ? { name: word[1], confidence: 'likely' } : null
}
