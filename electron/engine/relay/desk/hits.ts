/**
 * Owns: how often each rule has decided, and since when that is counted. A rule is known by its words, not by its number: one
 * that stays as it was keeps its hits while others are changed around it, and over a restart. Written a while after the
 * first hit that is not written yet, so that a kill costs those of seconds.
 */
import { z } from 'zod'
import type { Clock, Log } from '../../ports.ts'
import type { Store } from '../../store/types.ts'

const settingKey = 'relay.hits'
const usualWait = 5000
/** Rules with hits that are written, and characters of them: those with the most hits. */
const mostKept = 10_000
const mostText = 1_000_000

/** `began`: since when a rule counts that is not named; `rules`: words, hits, since. */
const Saved = z.object({
  began: z.iso.datetime(),
  rules: z.array(z.tuple([z.string(), z.int().min(1), z.iso.datetime()])),
})
type Saved = z.infer<typeof Saved>

export interface HitsOptions {
  store: Pick<Store, 'getSetting' | 'putSetting'>
  clock: Clock
  log: Log
  /** Milliseconds until hits are written. */
  wait?: number
}

/** Rules with the same words are told apart by their order. */
function keysOf(texts: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return texts.map((text) => {
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return before === 0 ? text : `${text}\n${before + 1}`
  })
}

function parse(text: string | null): Saved | null {
  try {
    return text === null ? null : (Saved.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}

export class Hits {
  readonly #options: HitsOptions
  /** By the rule's place, from 0. */
  #keys: string[] = []
  #since: string[] = []
  readonly #counts = new Map<number, number>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(options: HitsOptions) {
    this.#options = options
  }

  /** `texts`: words of the rules in their order. What was written is taken up where a rule still says the same. */
  static async open(options: HitsOptions, texts: readonly string[]): Promise<Hits> {
    const saved = parse(await options.store.getSetting(settingKey))
    const hits = new Hits(options)
    const named = new Map((saved?.rules ?? []).map(([key, count, since]) => [key, { count, since }]))
    hits.#put(keysOf(texts), (key) => named.get(key), saved?.began ?? options.clock.now().toISOString())
    return hits
  }

  /** The rules are others now: those that were there before keep what they have, the others begin. */
  rules(texts: readonly string[]): void {
    const places = new Map(this.#keys.map((key, place) => [key, place]))
    const [counts, since] = [new Map(this.#counts), this.#since]
    const before = (key: string) => {
      const place = places.get(key)
      return place === undefined ? undefined : { count: counts.get(place) ?? 0, since: since[place]! }
    }
    this.#put(keysOf(texts), before, this.#options.clock.now().toISOString())
    this.#soon()
  }

  /** Rule `number`, from 1, has decided; a number that is none of theirs counts nowhere. */
  hit(number: number): void {
    const place = number - 1
    if (place < 0 || place >= this.#keys.length) return
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1)
    this.#soon()
  }

  of(number: number): { hits: number; since?: string } {
    const since = this.#since[number - 1]
    return { hits: this.#counts.get(number - 1) ?? 0, ...(since === undefined ? {} : { since }) }
  }

  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void> {
    if (this.#timer !== undefined) this.#write()
    return this.#writing
  }

  #put(
    keys: string[],
    before: (key: string) => { count: number; since: string } | undefined,
    began: string,
  ): void {
    // prettier-ignore
    this.#counts.clear()
    this.#keys = keys
    this.#since = keys.map((key, place) => {
      const { count, since } = before(key) ?? { count: 0, since: began }
      if (count > 0) this.#counts.set(place, count)
      return since
    })
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#write(), this.#options.wait ?? usualWait).unref()
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { store, log } = this.#options
    const text = JSON.stringify(this.#saved())
    this.#writing = this.#writing
      .then(() => store.putSetting(settingKey, text))
      .catch((error: unknown) => log('warn', 'How often the rules of the relay have decided could not be written', { reason: String(error) })) // prettier-ignore
  }

  #saved(): Saved {
    const all = [...this.#counts].toSorted(([, a], [, b]) => b - a)
    let room = mostText
    const kept = all.slice(0, mostKept).filter(([place]) => (room -= this.#keys[place]!.length) >= 0)
    const rules = kept.map(([place, count]): Saved['rules'][number] => [this.#keys[place]!, count, this.#since[place]!]) // prettier-ignore
    // Of what is not named it must hold that it has decided nothing since then: the newest moment, or this one.
    const newest = this.#since.reduce((last, since) => (since > last ? since : last), '')
    const began = kept.length < all.length || newest === '' ? this.#options.clock.now().toISOString() : newest
    return { began, rules }
  }
}
