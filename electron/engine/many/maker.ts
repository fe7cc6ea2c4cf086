/**
 * Owns: making message n of a run. It is composed once with values that stand out, and then only these are replaced;
 * where that does not give the very octets that composing gives (a signature, base64, a line folded elsewhere), each
 * message is composed.
 */
import { randomInt, randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ClientTransaction } from '#shared/smtp/machine/options.ts'
import type { MessageSource } from '../dialogue/content.ts'
import type { Order } from '../dialogue/driverParts.ts'
import { headerDate } from '../message/date.ts'
import { messageSource } from '../message/source.ts'
import { Patch, type Values } from './patch.ts'

export interface Envelope {
  from: string
  to: string[]
}

/** What differs in each message. */
export interface Context {
  n: number
  uuid: string
  date: Date
}

export type Composed =
  { ok: true; bytes: Uint8Array; envelope: Envelope } | { ok: false; problems: FieldProblem[] }

export interface MakerDeps {
  compose(context: Context): Promise<Composed>
  /** What the machine is told of a message. */
  transaction(source: MessageSource, envelope: Envelope): ClientTransaction
  now(): Date
}

export type OpenedMaker = { ok: true; maker: Maker } | { ok: false; problems: FieldProblem[] }

type Made = Order | Promise<Order>

/** Longer content is given in two stretches rather than copied. */
const copied = 65_536
/** Octets from which a message is composed twice, not six times, before the first is sent. */
const large = 262_144

export class Maker {
  readonly #make: (n: number) => Made
  /** Composed once; else each message is. */
  readonly patched: boolean

  private constructor(make: (n: number) => Made, patched: boolean) {
    this.#make = make
    this.patched = patched
  }

  /** Rejects (its promise) when a message cannot be composed, which the first one could. */
  make(n: number): Made {
    return this.#make(n)
  }

  static async open(deps: MakerDeps): Promise<OpenedMaker> {
    const context = { n: randomInt(8_000_000, 9_000_000), uuid: randomUUID(), date: oldDate }
    const first = await deps.compose(context)
    if (!first.ok) return first
    const template = new Template(first, context, deps)
    const patched = await template.holds()
    const make = patched ? (n: number) => template.make(n) : (n: number) => composed(n, deps)
    return { ok: true, maker: new Maker(make, patched) }
  }
}

/** No message is sent with it; nothing else in a message looks like it. */
const oldDate = new Date('1953-02-08T09:08:53.957Z')

async function composed(n: number, deps: MakerDeps): Promise<Order> {
  const made = await deps.compose({ n, uuid: randomUUID(), date: deps.now() })
  if (!made.ok) throw new Error(made.problems.map(({ field, message }) => `${field}: ${message}`).join(' '))
  const content = messageSource(made.bytes)
  return { content, transaction: deps.transaction(content, made.envelope) }
}

const valuesOf = ({ n, uuid, date }: Context): Values => ({
  n: String(n),
  uuid,
  date: headerDate(date),
  iso: date.toISOString(),
})

class Template {
  readonly #deps: MakerDeps
  readonly #patch: Patch
  readonly #values: Values
  readonly #envelope: Envelope
  readonly #flags: Pick<MessageSource, 'eightBit' | 'utf8'>
  readonly #transaction: ClientTransaction
  readonly #sameEnvelope: boolean
  readonly #size: number

  constructor(first: Composed & { ok: true }, context: Context, deps: MakerDeps) {
    this.#deps = deps
    this.#values = valuesOf(context)
    this.#patch = new Patch(first.bytes, this.#values)
    this.#envelope = first.envelope
    this.#size = first.bytes.length
    const source = messageSource(first.bytes)
    this.#flags = { eightBit: source.eightBit, utf8: source.utf8 }
    this.#transaction = deps.transaction(source, first.envelope)
    const filled = this.#fillEnvelope({ n: '#', uuid: '#', date: '#', iso: '#' })
    this.#sameEnvelope = JSON.stringify(filled) === JSON.stringify(first.envelope)
  }

  /** Whether filling gives what composing gives, for numbers of each length and another date. */
  async holds(): Promise<boolean> {
    // Composing a large message takes long; its number of digits moves nothing in it that a single one does not show.
    const numbers = this.#size > large ? [1] : [1, 10, 123, 45_678, 1_000_000]
    const contexts = numbers.map((n) => ({ n, uuid: randomUUID(), date: newDate }))
    for (const context of contexts) {
      const made = await this.#deps.compose(context)
      if (!made.ok || !this.#gives(made, valuesOf(context))) return false
    }
    return true
  }

  #gives(made: Composed & { ok: true }, values: Values): boolean {
    const { head, rest } = this.#patch.put(values)
    if (head.length + rest.length !== made.bytes.length) return false
    const same = Buffer.from(made.bytes.buffer, made.bytes.byteOffset, made.bytes.length)
    if (same.compare(head, 0, head.length, 0, head.length) !== 0) return false
    if (same.compare(rest, 0, rest.length, head.length) !== 0) return false
    return JSON.stringify(this.#fillEnvelope(values)) === JSON.stringify(made.envelope)
  }

  make(n: number): Order {
    const values = valuesOf({ n, uuid: randomUUID(), date: this.#deps.now() })
    const { head, rest } = this.#patch.put(values)
    const size = head.length + rest.length
    const content = { ...this.#flags, size, read: reader(head, rest) }
    if (this.#sameEnvelope) return { content, transaction: { ...this.#transaction, size } }
    return { content, transaction: this.#deps.transaction(content, this.#fillEnvelope(values)) }
  }

  #fillEnvelope(values: Values): Envelope {
    const put = (address: string): string =>
      (['uuid', 'iso', 'n'] as const).reduce(
        (text, name) => text.replaceAll(this.#values[name], values[name]),
        address,
      )
    return { from: put(this.#envelope.from), to: this.#envelope.to.map(put) }
  }
}

const newDate = new Date('2031-12-24T18:00:07.001Z')

function reader(head: Uint8Array, rest: Uint8Array): MessageSource['read'] {
  const small = head.length + rest.length <= copied
  const parts = small ? [joined(head, rest)] : [head, rest].filter((part) => part.length > 0)
  let part = parts.shift() ?? head
  let at = 0
  return (max) => {
    const bytes = part.subarray(at, at + max)
    at += bytes.length
    if (at < part.length) return { bytes, last: false }
    const next = parts.shift()
    if (next === undefined) return { bytes, last: true }
    part = next
    at = 0
    return { bytes, last: false }
  }
}

function joined(head: Uint8Array, rest: Uint8Array): Uint8Array {
  if (head.length === 0) return rest
  const whole = new Uint8Array(head.length + rest.length)
  whole.set(head)
  whole.set(rest, head.length)
  return whole
}
