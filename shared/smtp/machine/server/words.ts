/**
 * Owns: the server's own replies, encoded once. Sessions share them: a reply that never changes costs no encoding and
 * no copy. Codes and enhanced codes as in RFC 5321 §4.2, RFC 3463, RFC 4954 §6.
 */
import { writeReply } from '../../grammar/reply.ts'
import type { Reply, Shown } from '../types.ts'

/** A reply ready for the wire. */
export interface Encoded {
  code: number
  enhanced: string | undefined
  bytes: Uint8Array
  shown: Shown
}

/** `enhanced` false: the client was not told of ENHANCEDSTATUSCODES, so none is said (RFC 2034 §3). */
export function encode(reply: Reply, enhanced: boolean): Encoded {
  const said = enhanced ? reply : { code: reply.code, text: reply.text }
  const bytes = writeReply(said)
  return { code: reply.code, enhanced: said.enhanced, bytes, shown: { bytes, masked: [] } }
}

const texts = {
  accepted: [250, '2.0.0', 'OK'],
  sender: [250, '2.1.0', 'Sender OK'],
  recipient: [250, '2.1.5', 'Recipient OK'],
  goAhead: [354, undefined, 'Send the message; end with <CRLF>.<CRLF>'],
  committed: [250, '2.0.0', 'Message accepted'],
  chunk: [250, '2.0.0', 'Chunk OK'],
  bye: [221, '2.0.0', 'Bye'],
  startTls: [220, '2.0.0', 'Ready to start TLS'],
  authenticated: [235, '2.7.0', 'Authentication succeeded'],
  notVerified: [252, '2.5.2', 'Cannot verify, but will take the message'],
  help: [214, '2.0.0', 'See RFC 5321 for the commands and RFC 4954 for AUTH'],

  shutDown: [421, '4.3.2', 'Service shutting down, closing the connection'],
  idle: [421, '4.4.2', 'Nothing came for too long, closing the connection'],
  tooLong: [421, '4.4.2', 'The session took too long, closing the connection'],
  errors: [421, '4.7.0', 'Too many errors, closing the connection'],
  commands: [421, '4.7.0', 'Too many commands, closing the connection'],
  transactions: [421, '4.7.0', 'Too many messages in one session, closing the connection'],
  endless: [421, '4.7.0', 'A line without an end, closing the connection'],

  textTooLong: [500, '5.5.2', 'A line of the content is too long (RFC 5321 4.5.3.1.6)'],
  pipelined: [503, '5.5.1', 'PIPELINING is not offered; wait for each reply'],
  lineTooLong: [500, '5.5.2', 'Line too long'],
  authTooLong: [500, '5.5.6', 'Authentication exchange line too long'],
  bareLineEnd: [500, '5.5.2', 'Bare CR or LF in a command; end the line with CRLF'],
  unknown: [500, '5.5.1', 'Command not recognised'],
  notOffered: [502, '5.5.1', 'Command not offered here'],
  http: [554, '5.5.1', 'This is SMTP, not HTTP'],
  helloFirst: [503, '5.5.1', 'Say EHLO or HELO first'],
  nested: [503, '5.5.1', 'A transaction is open already; RSET ends it'],
  noMail: [503, '5.5.1', 'Say MAIL first'],
  noRecipient: [503, '5.5.1', 'No valid recipient; say RCPT first'],
  bdatOnly: [503, '5.5.1', 'This message was begun with BDAT or is BINARYMIME; go on with BDAT'],
  bdatSize: [501, '5.5.4', 'The size of the chunk cannot be read, closing the connection'],
  secured: [503, '5.5.1', 'TLS is on already'],
  notInTransaction: [503, '5.5.1', 'Not inside a transaction'],
  needsTls: [530, '5.7.0', 'Must issue a STARTTLS command first'],
  needsAuth: [530, '5.7.0', 'Authentication required'],
  authTwice: [503, '5.5.1', 'Authenticated already'],
  encryptionFirst: [538, '5.7.11', 'Encryption required for this mechanism; say STARTTLS first'],
  mechanism: [504, '5.5.4', 'Mechanism not offered'],
  credentials: [535, '5.7.8', 'Authentication credentials invalid'],
  base64: [501, '5.5.2', 'The response cannot be read as base64'],
  cancelled: [501, '5.7.0', 'Authentication cancelled'],
  recipients: [452, '4.5.3', 'Too many recipients; send the rest in another transaction'],
  tooBig: [552, '5.3.4', 'Message exceeds the size limit'],
  noPlace: [554, '5.5.1', 'No valid recipients'],
  noService: [503, '5.5.1', 'No service here; say QUIT'],
  extended: [555, '5.5.4', 'Parameters need EHLO'],
  binary: [501, '5.5.4', 'BODY=BINARYMIME is not offered'],
  international: [553, '5.6.7', 'An address with UTF-8 needs SMTPUTF8'],
  bareNewline: [550, '5.5.2', 'Bare CR or LF in the content; end every line with CRLF (RFC 5321 2.3.8)'],
} satisfies Record<string, [number, string | undefined, string]>

export type Word = keyof typeof texts
export type Words = (word: Word) => Encoded

function makeWords(withEnhanced: boolean): Words {
  const known = new Map<Word, Encoded>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    const [code, enhanced, text] = texts[word]
    const made = encode({ code, enhanced, text: [text] }, withEnhanced)
    known.set(word, made)
    return made
  }
}

const plain = makeWords(false)
const enhanced = makeWords(true)

/** All replies, with enhanced status codes or without. */
export const wordsFor = (withEnhanced: boolean): Words => (withEnhanced ? enhanced : plain)

/** Every word, for tests and reference pages. */
export const allWords: readonly Word[] = Object.keys(texts).filter((name): name is Word => name in texts)
