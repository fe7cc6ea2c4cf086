/**
 * Owns: message content for a file that leaves: read from the store, event by event, as long as there is room. What the
 * store has lost is left out and told, so that one damaged body takes nothing with it but itself. Of such a body only what
 * stands before the gap is taken: without what is missing, nobody could tell where the rest belongs, or whom it names.
 */
import { toByteString } from '#shared/bytes/bytes.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { wholeLineBody } from '#shared/transcript/longLine.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import type { Store } from '../store/types.ts'
import { keptContent } from '../transcripts/keptContent.ts'

/** Octets of content in one text; an octet takes up to six characters. Larger ones are exported without bodies. */
const mostContent = 32 << 20
/** Bodies that are told by themselves; the others are counted. */
const mostTold = 10

type Spoken = EventOf<'line' | 'reply'>

/** Octets that are missing of one body. */
interface Missing {
  octets: number
  /** They were kept and cannot be read; else they never were, or are removed. */
  lost: boolean
}

export class ExportContent {
  readonly #store: Pick<Store, 'readContent'>
  readonly #lines: boolean
  readonly #missing = new Map<number, Missing>()
  #lostLines = 0
  #left = mostContent

  /** `lines`: also the rest of lines that were too long to travel with their events. */
  constructor(store: Pick<Store, 'readContent'>, lines: boolean) {
    this.#store = store
    this.#lines = lines
  }

  /** The event with its octets. Throws RpcError bad-argument when there are too many; StoreError when nothing can be read. */
  async add(event: TranscriptEvent): Promise<TranscriptEvent> {
    if (event.kind === 'line' || event.kind === 'reply') return this.#line(event)
    return event.kind === 'chunk' && event.size > 0 ? this.#chunk(event) : event
  }

  /** What is missing in what was added, in sentences for a person. */
  notes(): string[] {
    const told = [...this.#missing].slice(0, mostTold).map(([body, missing]) => missingWords(body, missing))
    const more = this.#missing.size - told.length
    if (more > 0) told.push(`${more} more contents are missing in the same way.`)
    if (this.#lostLines > 0)
      told.push(
        `Of ${this.#lostLines === 1 ? 'a long line' : `${this.#lostLines} long lines`} only the beginning is here: the rest could not be read from the data folder.`,
      )
    return told
  }

  async #chunk(event: EventOf<'chunk'>): Promise<TranscriptEvent> {
    const { session, body, offset, size } = event
    if (this.#missing.has(body)) return this.#miss(event, size)
    // No more than tells that it is too much.
    const read = await keptContent(this.#store, session, body, offset, Math.min(size, this.#left + 1))
    const came = read instanceof Uint8Array ? read.length : 0
    this.#left -= came
    if (this.#left < 0) {
      const message = `bodies true: this session has more than ${mostContent >> 20} MiB of message content. Export it without bodies, and save the message from the Inbox.`
      throw new RpcError('bad-argument', message)
    }
    const own = read instanceof Uint8Array && came > 0 ? { ...event, raw: toByteString(read) } : event
    return came < size ? this.#miss(own, size - came, read === 'lost') : own
  }

  async #line(event: Spoken): Promise<TranscriptEvent> {
    const size = event.cutFrom ?? 0
    if (!this.#lines || size <= event.raw.length || size > this.#left) return event
    const whole = await keptContent(this.#store, event.session, wholeLineBody(event.seq), 0, size)
    if (whole === 'lost') this.#lostLines++
    if (!(whole instanceof Uint8Array) || whole.length < size) return event
    this.#left -= size
    return { ...event, raw: toByteString(whole) }
  }

  #miss(chunk: EventOf<'chunk'>, octets: number, lost = false): TranscriptEvent {
    const { body } = chunk
    const known = this.#missing.get(body)
    this.#missing.set(body, { octets: octets + (known?.octets ?? 0), lost: lost || known?.lost === true })
    return chunk
  }
}

const missingWords = (body: number, { octets, lost }: Missing): string =>
  `Missing of content ${body}: ${octetsInWords(octets)}, ` +
  (lost ? 'unreadable in the data folder.' : 'not kept, or removed since.')
