/**
 * Owns: what a person types in place of a line, or beside one: shown without the secrets in it. The machine masks its own
 * lines; these it sees only when they are sent, and the transcript tells of them before.
 */
import { fromBase64, fromByteString, fromUtf8, toByteString } from '#shared/bytes/bytes.ts'
import { Spoken } from '#shared/smtp/grammar/spoken.ts'

export interface Typed {
  bytes: Uint8Array
  /** For the transcript: secrets are eight asterisks. */
  shown: Uint8Array
  /** To be hidden wherever they are repeated. */
  secrets: string[]
}

/** Where in an AUTH exchange a line is typed. */
export interface TypedWhere {
  /** The server waits for a response to its 334, so that the line is one, whatever it holds. */
  exchange: boolean
  /** AUTH was said, or is about to be: a line that is no command is a secret typed ahead of its 334. */
  ahead: boolean
  /** What was said before without its line end, and goes on here. */
  line?: Spoken
}

/** Octets: many times what a server takes in a line (RFC 5321 §4.5.3.1.4), for trying that out. */
const most = 64 * 1024

/** Why these octets cannot be sent as a line, or undefined. */
export function typedProblem(raw: string): string | undefined {
  if (raw === '') return 'The line is empty: to send nothing, skip it.'
  if (raw.length > most) return `The line has ${raw.length} octets; at most ${most} can be sent at once.`
  return undefined
}

/** A shorter part of a secret is hidden where it is typed only: elsewhere it may be any word. */
const leastPiece = 8

export function readTyped(raw: string, { exchange, ahead, line = new Spoken() }: TypedWhere): Typed {
  const bytes = fromByteString(raw)
  const { shown, secrets, complete } = line.read(bytes, { exchange, refused: ahead })
  return {
    bytes,
    shown: shown.bytes,
    secrets: secrets.flatMap((secret) => formsOf(toByteString(secret).trim(), complete ? 2 : leastPiece)),
  }
}

/** As typed, and what it says when it is base64: alone (LOGIN), or the password in a PLAIN message (RFC 4616 §2). */
function formsOf(secret: string, least: number): string[] {
  const said = fromBase64(secret)
  const text = said === null ? null : fromUtf8(said)
  const password = text?.split('\0').at(-1) ?? ''
  // `=` is an empty response (RFC 4954 §4), and a single letter hidden everywhere would leave nothing to read.
  return [secret, password].filter((form) => form.length >= least)
}
