/**
 * Owns: what a filter of a dialogue is and which events it takes. Kinds of choice are joined by "and", choices of one
 * kind by "or". The text is found as it is shown, upper and lower case alike; it is no pattern, so no text costs more
 * than another. Used by every view of a dialogue.
 */
import type { Phase, TranscriptEvent } from '#shared/transcript/event.ts'
import { describe } from '#shared/transcript/describe.ts'
import { shownText } from '#shared/transcript/shown.ts'
import type { PackedEvents } from './packedEvents.ts'

export interface DialogueFilter {
  text: string
  /** Of a command, and of the command that a reply answers. */
  verbs: readonly string[]
  /** `5xx` for a class, `550` for a code, `5.7.1` for an enhanced code. */
  codes: readonly string[]
  phases: readonly Phase[]
  directions: readonly TranscriptEvent['direction'][]
  /** Findings and what proves them. */
  findings: boolean
  /** Only what matches is shown; else all of it, with the matches marked. */
  only: boolean
}

export const noFilter: DialogueFilter = {
  text: '', verbs: [], codes: [], phases: [], directions: [], findings: false, only: true,
} // prettier-ignore

/** It takes less than everything. */
export const isFiltering = ({ text, verbs, codes, phases, directions, findings }: DialogueFilter): boolean =>
  text !== '' || findings || [verbs, codes, phases, directions].some(({ length }) => length > 0)

/** As one key: two filters with the same key take the same events. */
export const filterKey = ({ only: _shown, ...what }: DialogueFilter): string => JSON.stringify(what)

/** Characters of a line that is searched through. The page is given no more of one. */
const searchedLength = 128 << 10

function codeTest(codes: readonly string[]): (code: number, enhanced: string) => boolean {
  const exact = new Set(codes)
  const classes = new Set(codes.filter((code) => /^\dxx$/i.test(code)).map((code) => Number(code[0])))
  return (code, enhanced) =>
    classes.has(Math.floor(code / 100)) || exact.has(String(code)) || (enhanced !== '' && exact.has(enhanced))
}

/** Phases in which a reply answers one verb; in the others it answers the last command of its phase. */
const verbOf: Partial<Record<Phase, string>> = {
  starttls: 'STARTTLS', auth: 'AUTH', mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', quit: 'QUIT',
} // prettier-ignore

/** Asked about the events of one log in their order, stretch by stretch. */
export class Matcher {
  readonly #filter: DialogueFilter
  readonly #needle: string
  readonly #codes: ReturnType<typeof codeTest>
  readonly #evidence: ReadonlySet<number>
  /** Last verb of each phase. */
  readonly #verbs = new Map<Phase, string>()
  #packed: PackedEvents | null = null
  #lower = ''
  /** Next place of the needle in `#lower`. */
  #next = -1

  /** `evidence`: numbers of the events that the findings name. */
  constructor(filter: DialogueFilter, evidence: Iterable<number> = []) {
    this.#filter = filter
    this.#needle = filter.text.toLowerCase()
    this.#codes = codeTest(filter.codes)
    this.#evidence = new Set(evidence)
  }

  /** Whether the filter takes event `index` of the stretch. */
  takes(packed: PackedEvents, index: number): boolean {
    const verb = this.#follow(packed, index)
    const { verbs, codes, phases, directions, findings } = this.#filter
    const kind = packed.kind(index)
    if (findings && kind !== 'finding' && !this.#evidence.has(packed.seq(index))) return false
    if (phases.length > 0 && !phases.includes(packed.phase(index))) return false
    if (directions.length > 0 && !directions.includes(packed.direction(index))) return false
    if (verbs.length > 0 && !verbs.includes(verb)) return false
    if (codes.length > 0 && !(kind === 'reply' && this.#codes(packed.code(index), packed.enhanced(index))))
      return false
    return this.#needle === '' || this.#has(packed, index)
  }

  /** The verb that an event belongs to. */
  #follow(packed: PackedEvents, index: number): string {
    const kind = packed.kind(index)
    if (kind !== 'line' && kind !== 'reply') return ''
    const phase = packed.phase(index)
    if (kind === 'reply') return this.#verbs.get(phase) ?? verbOf[phase] ?? (phase === 'body' ? 'DATA' : '')
    const verb = packed.verb(index) || (verbOf[phase] ?? '')
    this.#verbs.set(phase, verb)
    return verb
  }

  #has(packed: PackedEvents, index: number): boolean {
    const kind = packed.kind(index)
    if ((kind === 'line' || kind === 'reply') && !packed.odd(index)) return this.#inText(packed, index)
    return textOf(packed.event(index)).toLowerCase().includes(this.#needle)
  }

  /** The texts of a stretch are searched as one; that is what makes a million lines quick. */
  #inText(packed: PackedEvents, index: number): boolean {
    if (this.#packed !== packed) {
      this.#packed = packed
      this.#lower = packed.text.toLowerCase()
      this.#next = -1
    }
    const start = packed.start(index)
    const end = packed.ends[index]!
    if (this.#next < start) this.#seek(start)
    // What begins in this event and ends in the next one is in neither.
    while (this.#next < end && this.#next + this.#needle.length > end) this.#seek(this.#next + 1)
    return this.#next < end
  }

  #seek(from: number): void {
    const found = this.#lower.indexOf(this.#needle, from)
    this.#next = found < 0 ? Infinity : found
  }
}

/** What a person sees of an event, as far as it is searched. */
export function textOf(event: TranscriptEvent): string {
  if (event.kind !== 'line' && event.kind !== 'reply') return describe(event)
  return shownText(event.raw.slice(0, searchedLength), event.masked)
}
