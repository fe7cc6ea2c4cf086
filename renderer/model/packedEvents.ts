/**
 * Owns: a stretch of events in a few flat arrays and one text, about 60 octets an event where objects take 500: with a
 * million of them the difference is whether a page stays usable. An event is made again when it is asked for. What is
 * looked at for every event (kind, phase, verb, code) is readable without making one.
 */
import { phases, type Phase, type TranscriptEvent } from '#shared/transcript/event.ts'

/** Kinds by their place: these two have columns of their own, the others are added as they are met. */
const kinds: TranscriptEvent['kind'][] = ['line', 'reply']
function placeOfKind(kind: TranscriptEvent['kind']): number {
  const place = kinds.indexOf(kind)
  return place >= 0 ? place : kinds.push(kind) - 1
}
const directions = ['none', 'to-server', 'to-client'] as const

const sealedFlag = 4
const editedFlag = 8
const oddFlag = 16
/** Most different verbs and enhanced codes of a log; a peer can invent more, which are then kept with their events. */
const mostWords = 4096

/** Texts that come again and again, each once. 0 stands for none. */
export class Words {
  readonly #texts: string[] = ['']
  readonly #places = new Map<string, number>()

  /** Undefined when there are too many. */
  place(text: string): number | undefined {
    const known = this.#places.get(text)
    if (known !== undefined || this.#texts.length >= mostWords) return known
    this.#places.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }

  text(place: number): string {
    return this.#texts[place] ?? ''
  }
}

type Spoken = Extract<TranscriptEvent, { kind: 'line' | 'reply' }>
const isSpoken = (event: TranscriptEvent): event is Spoken => event.kind === 'line' || event.kind === 'reply'

/** Shown as it stands: printable ASCII with line ends, no backslash (shown doubled), nothing masked. */
const plain = /^[\x20-\x5b\x5d-\x7e\r\n]*$/
/** A bare CR or LF is spelt out when it is shown. */
const bareEnd = /(?:^|[^\r])\n|\r(?!\n)/

export const isPlain = (event: Spoken): boolean =>
  event.masked === undefined && plain.test(event.raw) && !bareEnd.test(event.raw)

const base = ['session', 'seq', 'at', 'phase', 'direction', 'kind']

/** What has no column, as JSON. */
function restOf(event: TranscriptEvent, columns: readonly string[]): string {
  const rest = Object.entries(event).filter(([key, value]) => value !== undefined && !columns.includes(key))
  return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest))
}

export class PackedEvents {
  readonly length: number
  /** Byte strings of lines and replies, one after the other; of other events what is special about them, as JSON. */
  readonly text: string
  /** Where each text ends. */
  readonly ends: Uint32Array
  readonly #session: string
  readonly #words: Words
  readonly #seqs: Uint32Array
  readonly #times: Float64Array
  readonly #kinds: Uint8Array
  readonly #phases: Uint8Array
  readonly #flags: Uint8Array
  /** Verb or reply code; enhanced code. */
  readonly #first: Uint16Array
  readonly #second: Uint16Array
  readonly #rest = new Map<number, string>()

  constructor(events: readonly TranscriptEvent[], words: Words) {
    const size = events.length
    this.length = size
    this.#session = events[0]?.session ?? ''
    this.#words = words
    this.ends = new Uint32Array(size)
    this.#seqs = new Uint32Array(size)
    this.#times = new Float64Array(size)
    this.#kinds = new Uint8Array(size)
    this.#phases = new Uint8Array(size)
    this.#flags = new Uint8Array(size)
    this.#first = new Uint16Array(size)
    this.#second = new Uint16Array(size)
    const texts = events.map((event, index) => this.#put(event, index))
    let end = 0
    for (const [index, text] of texts.entries()) this.ends[index] = end += text.length
    this.text = texts.join('')
    Object.freeze(this)
  }

  seq(index: number): number {
    return this.#seqs[index]!
  }

  kind(index: number): TranscriptEvent['kind'] {
    return kinds[this.#kinds[index]!]!
  }

  phase(index: number): Phase {
    return phases[this.#phases[index]!]!
  }

  direction(index: number): TranscriptEvent['direction'] {
    return directions[this.#flags[index]! & 3]!
  }

  sealed(index: number): boolean {
    return (this.#flags[index]! & sealedFlag) !== 0
  }

  /** It is not shown octet by octet as it stands: make the event to know its text. */
  odd(index: number): boolean {
    return (this.#flags[index]! & oddFlag) !== 0
  }

  /** Verb of a line; '' when there is none. */
  verb(index: number): string {
    return this.#kinds[index] === 0 ? this.#words.text(this.#first[index]!) : ''
  }

  /** Code of a reply; 0 when there is none. */
  code(index: number): number {
    return this.#kinds[index] === 1 ? this.#first[index]! : 0
  }

  enhanced(index: number): string {
    return this.#kinds[index] === 1 ? this.#words.text(this.#second[index]!) : ''
  }

  start(index: number): number {
    return index === 0 ? 0 : this.ends[index - 1]!
  }

  /** The event, made anew. */
  event(index: number): TranscriptEvent {
    const text = this.text.slice(this.start(index), this.ends[index])
    const event: Record<string, unknown> = {
      session: this.#session,
      seq: this.seq(index),
      at: this.#times[index]!,
      phase: this.phase(index),
      direction: this.direction(index),
    }
    if (this.sealed(index)) event['sealed'] = true
    event['kind'] = this.kind(index)
    if (this.#kinds[index]! <= 1) this.#tell(event, index, text)
    else if (text !== '') Object.assign(event, JSON.parse(text))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put together from the parts of one that was parsed
    return event as unknown as TranscriptEvent
  }

  /** What a line or reply has. A million of them are made again when a dialogue is opened: nothing is spread here. */
  #tell(event: Record<string, unknown>, index: number, raw: string): void {
    event['raw'] = raw
    const first = this.#first[index]!
    const second = this.#second[index]!
    if (this.#kinds[index] === 1) {
      if (first !== 0) event['code'] = first
    } else if (first !== 0) event['verb'] = this.#words.text(first)
    if (second !== 0) event['enhanced'] = this.#words.text(second)
    if ((this.#flags[index]! & editedFlag) !== 0) event['edited'] = true
    const rest = this.#rest.get(index)
    if (rest !== undefined) Object.assign(event, JSON.parse(rest))
  }

  /** Fills the columns; answers with the text. */
  #put(event: TranscriptEvent, index: number): string {
    this.#seqs[index] = event.seq
    this.#times[index] = event.at
    this.#kinds[index] = placeOfKind(event.kind)
    this.#phases[index] = phases.indexOf(event.phase)
    const sealed = event.sealed === true ? sealedFlag : 0
    this.#flags[index] = directions.indexOf(event.direction) | sealed
    const columns = sealed > 0 ? [...base, 'sealed'] : base
    if (!isSpoken(event)) return restOf(event, columns)
    const filled = [...columns, 'raw', ...this.#putSpoken(event, index)]
    // Nearly always every field has its column.
    if (Object.keys(event).length > filled.length) this.#rest.set(index, restOf(event, filled))
    return event.raw
  }

  /** Names of the fields that have a column now. */
  #putSpoken(event: Spoken, index: number): string[] {
    const filled: string[] = []
    if (event.edited === true) {
      this.#flags[index]! |= editedFlag
      filled.push('edited')
    }
    if (!isPlain(event)) this.#flags[index]! |= oddFlag
    const first = event.kind === 'reply' ? event.code : this.#place(event.verb)
    if (first !== undefined) {
      this.#first[index] = first
      filled.push(event.kind === 'reply' ? 'code' : 'verb')
    }
    const second = event.kind === 'reply' ? this.#place(event.enhanced) : undefined
    if (second !== undefined) {
      this.#second[index] = second
      filled.push('enhanced')
    }
    return filled
  }

  #place = (text: string | undefined): number | undefined =>
    text === undefined || text === '' ? undefined : this.#words.place(text)
}
