/**
 * Owns: a whole message with the text in it changed, in heads and in all parts, its structure kept: a field stays a field,
 * a part a part, and what a head says of its content stays true. In steps; memory in proportion to the message.
 */
import { cutInPieces } from './cut.ts'
import { changeHidden } from './hiddenText.ts'
import { type Stretch, stretchesOf } from './mime.ts'
import { fieldName, fieldsOf, isMessage, type Meaning, rewriteField, type Rewritten } from './mimeHead.ts'
import { changeOctets } from './octets.ts'
import { changeParameters } from './parameters.ts'
import { changePart, decodedOf } from './part.ts'
import { changeFieldText } from './structure.ts'
import { Base64Lines, QuotedPrintableLines } from './transferEncoding.ts'

export interface MessageVisitor {
  /** Answers with what is to stand there. */
  change: (text: string) => string
  /** Hears of each header section before it is changed. */
  head?: (section: string) => void
  /** Heads alone are wanted. */
  headsOnly?: boolean
}
export interface ChangedMessage {
  raw: string
  /** Parts that words stand for now. */
  leftOut: number
}

/** Messages that are base64 inside one another, and octets of one: they are decoded at once. */
const deepest = 3
const longestMessage = 1 << 20
/** Longer fields are read in pieces. */
const longField = 128 << 10

const signatures =
  /^(?:dkim-signature|domainkey-signature|x-google-dkim-signature|arc-seal|arc-message-signature)$/

function changeField(field: string, change: MessageVisitor['change'], rewritten: Rewritten): string {
  const name = fieldName(field)
  const told = rewriteField(field, rewritten)
  const form = { field: true, signature: signatures.test(name) }
  return changeOctets(told, (text) => {
    const plain = name.startsWith('content-') ? changeParameters(text, change) : text
    return changeFieldText(plain, (part) => changeHidden(part, change, form))
  })
}

class Message {
  readonly #raw: string
  readonly #visitor: MessageVisitor
  readonly #depth: number
  readonly #boundaries = new Map<string, string>()
  #numbers = 0
  leftOut = 0

  constructor(raw: string, visitor: MessageVisitor, depth: number) {
    this.#raw = raw
    this.#visitor = visitor
    this.#depth = depth
  }

  *changed(): Generator<void, string> {
    const written: string[] = []
    let open: Stretch | undefined
    for (const stretch of stretchesOf(this.#raw)) {
      if (stretch?.kind === 'content') {
        const { text, utf8 } = yield* this.#content(stretch)
        if (open !== undefined) written.push(yield* this.#head(open, { utf8 }))
        written.push(text)
        open = undefined
      } else if (stretch !== undefined) {
        if (open !== undefined) written.push(yield* this.#head(open, {}))
        open = stretch.kind === 'head' ? stretch : undefined
        if (stretch.kind === 'delimiter') written.push(this.#delimiter(stretch))
      }
      yield
    }
    if (open !== undefined) written.push(yield* this.#head(open, {}))
    return written.join('')
  }

  /** The boundary is written anew where a name is in it, the same in head and delimiters (RFC 2046 §5.1.1). */
  #boundary(old: string): string {
    let own = this.#boundaries.get(old)
    if (own === undefined) {
      own = old
      if (this.#visitor.change(old) !== old)
        do own = `=_boundary-${++this.#numbers}`
        while (this.#raw.includes(own))
      this.#boundaries.set(old, own)
    }
    return own
  }

  #delimiter({ from, to, boundary }: Extract<Stretch, { kind: 'delimiter' }>): string {
    return `--${this.#boundary(boundary)}${this.#raw.slice(from + 2 + boundary.length, to)}`
  }

  *#head({ from, to, ...of }: Stretch, rewritten: Rewritten): Generator<void, string> {
    const head = this.#raw.slice(from, to)
    const { change, headsOnly } = this.#visitor
    this.#visitor.head?.(head)
    if (headsOnly === true) return head
    const old = of.kind === 'head' ? of.meaning.boundary : undefined
    const boundary = old === undefined ? undefined : this.#boundary(old)
    const told = boundary === undefined || boundary === old ? rewritten : { ...rewritten, boundary }
    const written: string[] = []
    for (const field of head.length > longField ? cutInPieces(head) : fieldsOf(head)) {
      for (const piece of field.length > longField ? cutInPieces(field) : [field])
        written.push(changeField(piece, change, told))
      yield
    }
    return written.join('')
  }

  *#content({ from, to, meaning }: Extract<Stretch, { kind: 'content' }>): Generator<void, { text: string; utf8: boolean }> {
    const whole = this.#raw.slice(from, to)
    const nested = isMessage(meaning.type) && (meaning.encoding === 'base64' || meaning.encoding === 'quoted-printable')
    if (this.#visitor.headsOnly === true && !nested) {
      this.#headAlone(whole, meaning)
      return { text: whole, utf8: false }
    }
    // The line end before a delimiter belongs to that (RFC 2046 §5.1.1).
    const tail = /\r?\n$/.exec(whole)?.[0] ?? ''
    const body = whole.slice(0, whole.length - tail.length)
    if (nested && this.#depth < deepest && body.length < longestMessage)
      return { text: (yield* this.#nested(body, meaning)) + tail, utf8: false }
    const unread: Meaning = nested ? { ...meaning, type: 'application/x-unclear' } : meaning
    const { raw, utf8, leftOut } = yield* changePart(body, unread, this.#visitor.change)
    if (leftOut) this.leftOut++
    return { text: raw + tail, utf8 }
  } // prettier-ignore

  /** A bounce brings the head of the message that came back as a part of its own (RFC 6522 §4). */
  #headAlone(content: string, { type, encoding }: Meaning): void {
    if (type !== 'text/rfc822-headers' || content.length > longestMessage) return
    this.#visitor.head?.(decodedOf(content, encoding))
  }

  /** A message that was encoded as a whole, which RFC 2046 §5.2.1 forbids and some programs do. */
  *#nested(body: string, { encoding }: Meaning): Generator<void, string> {
    const inner = decodedOf(body, encoding)
    const message = new Message(inner, this.#visitor, this.#depth + 1)
    const changed = yield* message.changed()
    this.leftOut += message.leftOut
    if (changed === inner) return body
    const lineEnd = body.includes('\r\n') || !body.includes('\n') ? '\r\n' : '\n'
    const lines = encoding === 'base64' ? new Base64Lines(lineEnd) : new QuotedPrintableLines(lineEnd)
    return lines.push(changed) + lines.end()
  }
}

/** Each step takes some milliseconds at most. */
export function* changeMessage(raw: string, visitor: MessageVisitor): Generator<void, ChangedMessage> {
  const message = new Message(raw, visitor, 0)
  const changed = yield* message.changed()
  return { raw: changed, leftOut: message.leftOut }
}
