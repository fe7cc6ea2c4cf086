/**
 * Owns: hiding secrets in the lines of a client. A secret becomes eight asterisks whatever its length. In doubt it hides
 * too much: a hidden word is a nuisance, a shown password is a leak.
 */
import { fromBase64, toByteString } from '../../bytes/bytes.ts'
import type { Range, Shown } from '../machine/types.ts'
import { knownVerb } from './command.ts'
import { replaceRanges } from './ranges.ts'

export interface MaskContext {
  /** The line answers a 334: all of it is secret (`*` alone, which cancels, is shown). */
  exchange?: boolean
  /** An AUTH was said before this line and has not succeeded: a client that does not wait sends its secret now, as a line that is no known verb. */
  refused?: boolean
}

/**
 * Where a client of any mail protocol writes a secret: everything after group 1. SMTP and POP3 AUTH, IMAP AUTHENTICATE,
 * POP3 and FTP PASS, IMAP LOGIN, POP3 APOP's digest, and HTTP's Authorization, whatever the case and spacing.
 */
const secretForms: readonly RegExp[] = [
  /^([\0-\x20]*AUTH[\0-\x20]+[A-Za-z0-9_-]{1,20}[\0-\x20]+)[^\0-\x20]/i,
  // A mechanism's name has 20 characters at most (RFC 4422 §3.1): something longer is a secret in its place.
  /^([\0-\x20]*AUTH[\0-\x20]+)(?![A-Za-z0-9_-]{1,20}[\0-\x20]*$)[^\0-\x20]/i,
  /^([\0-\x20]*AUTH[=:][\0-\x20]*)[^\0-\x20]/i,
  /^([\0-\x20]*[^\0-\x20]+[\0-\x20]+AUTHENTICATE[\0-\x20]+[^\0-\x20]{1,20}[\0-\x20]+)[^\0-\x20]/i,
  /^([\0-\x20]*(?:PASS|PASSWORD)[\0-\x20:=]+)[^\0-\x20]/i,
  /^([\0-\x20]*(?:[^\0-\x20]+[\0-\x20]+)?LOGIN[\0-\x20]+)[^\0-\x20]/i,
  /^([\0-\x20]*APOP[\0-\x20]+[^\0-\x20]+[\0-\x20]+)[^\0-\x20]/i,
  /^([\0-\x20]*(?:Proxy-)?Authorization:[\0-\x20]*)[^\0-\x20]/i,
]

/**
 * Behind octets that are read in two ways (the content of a BDAT, a line that ran into another one) AUTH stands within a
 * line; everything after its mechanism.
 */
const within = /AUTH[\0-\x20]+[A-Za-z0-9_-]{1,20}[\0-\x20]+(?=[^\0-\x20])/i

/** A mistyped AUTH (`AUHT PLAIN ...`) holds the same secret: in a line that is no command, everything after a mechanism's name. */
const mechanism =
  // Clients separate words by anything.
  /(?<![^\0-\x20])(?:PLAIN|LOGIN|(?:CRAM|DIGEST)-MD5|SCRAM-[A-Z0-9-]{1,20}|XOAUTH2?|OAUTHBEARER|NTLM|GSSAPI|EXTERNAL)[\0-\x20]+(?=[^\0-\x20])/i

const base64 = /^[A-Za-z0-9+/_-]{8,}={0,2}[\0-\x20]*$/

/** Longer than a word of any command, up to the end of the line; looked for from its start only. */
const base64End = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{16,}={0,2}[\0-\x20]*$/

/** One line of a client, its line end kept and shown. */
export function maskLine(line: Uint8Array, context: MaskContext = {}): Shown {
  return replaceRanges(line, secretRanges(line, context))
}

/** Where the secrets stand in one line of a client. */
export function secretRanges(line: Uint8Array, context: MaskContext = {}): Range[] {
  const text = toByteString(line)
  const ranges: Range[] = []
  let { exchange = false } = context
  // A client that ends lines with a bare LF or CR puts several commands into what is one line to us.
  for (const piece of text.matchAll(/[^\r\n]+/g)) {
    const start = secretStart(piece[0], line.subarray(piece.index), { ...context, exchange })
    if (start >= 0) ranges.push({ start: piece.index + start, end: piece.index + piece[0].length })
    exchange ||= /^[\0-\x20]*AUTH\b/i.test(piece[0])
  }
  return ranges
}

/** Without CR and LF, so that a run of line ends is not looked through again from each of them. */
const announcement =
  // eslint-disable-next-line no-control-regex -- clients separate words by anything
  /(?:^|[\r\n])[\0-\x09\x0b\x0c\x0e-\x20]*(?:AUTH\b|[^\0-\x20]+[\0-\x09\x0b\x0c\x0e-\x20]+AUTHENTICATE\b)|AUTH[\0-\x09\x0b\x0c\x0e-\x20]+[A-Z0-9_-]{1,20}[\0-\x20]/i

/** The line says AUTH in whatever form: what a client that does not wait sends after it is a secret. */
export function announcesSecret(line: Uint8Array): boolean {
  return announcement.test(toByteString(line))
}

/** Whole line secret, whatever it holds; its line end stays. */
export function maskWhole(line: Uint8Array): Shown {
  let end = line.length
  while (end > 0 && (line[end - 1] === 10 || line[end - 1] === 13)) end--
  return replaceRanges(line, [{ start: 0, end }])
}

/** Nothing to hide. */
export function unmasked(bytes: Uint8Array): Shown {
  return { bytes, masked: [] }
}

/** Index in the piece where its secret begins, or -1. */
function secretStart(piece: string, bytes: Uint8Array, { exchange, refused }: MaskContext): number {
  const ahead = refused === true && knownVerb(bytes) === null && !/^[\0-\x20]*AUTH\b/i.test(piece)
  if (exchange || ahead) return piece === '*' ? -1 : 0
  for (const form of secretForms) {
    const found = form.exec(piece)
    if (found) return found[1]!.length
  }
  if (refused === true) {
    // The rest of a secret that another line cut in two may have run into a command.
    const rest = base64End.exec(piece)
    if (rest !== null) return rest.index
  }
  // A server's capabilities in a pasted text are no secrets.
  if (/^\d{3}[ -]/.test(piece)) return -1
  const found = within.exec(piece) ?? mechanism.exec(piece)
  if (found === null) return plainStart(piece)
  const start = found.index + found[0].length
  // A command may have words like these in it; what it has not is base64 behind them.
  const secret = /^auth/i.test(found[0]) || knownVerb(bytes) === null || base64.test(piece.slice(start))
  return secret ? start : plainStart(piece)
}

/** Where a PLAIN message stands, known by its shape (RFC 4616 §2) wherever it is: behind a command that ran into it, or alone. */
function plainStart(piece: string): number {
  for (const word of piece.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g)) {
    const said = fromBase64(word[0])
    if (said !== null && /^[^\0]*\0[^\0]+\0[^\0]+$/.test(toByteString(said))) return word.index
  }
  return -1
}

export { maskSecrets } from './knownSecrets.ts'
export { replaceRanges } from './ranges.ts'
