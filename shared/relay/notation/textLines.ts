/**
 * Owns: the lines of a text while some of them are replaced, taken out or put in between: those that nobody touches stay
 * exactly as they are. Lines are numbered from 1, always as they were before the first change.
 */

interface Added {
  lines: readonly string[]
  /** Kept apart from its neighbours by blank lines, where the text does so. */
  apart: boolean
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''
const isComment = (line: string): boolean => /^\s*#/.test(line)

export class TextLines {
  readonly #raw: readonly string[]
  readonly #removed = new Set<number>()
  readonly #replaced = new Map<number, string>()
  readonly #added = new Map<number, Added[]>()
  /** Whether blank lines part what stands in it. */
  readonly #airy: boolean

  constructor(text: string) {
    this.#raw = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
    this.#airy = this.#raw.slice(0, -1).some((line) => isBlank(line))
  }

  /** Number of the last line that is more than the end of the one before it. */
  get last(): number {
    return this.#raw.at(-1) === '' ? this.#raw.length - 1 : this.#raw.length
  }

  at(line: number): string {
    return this.#raw[line - 1] ?? ''
  }

  indent(line: number): string {
    return /^\s*/.exec(this.at(line))![0]
  }

  between(first: number, last: number): string[] {
    return this.#raw.slice(first - 1, last)
  }

  replace(line: number, text: string): void {
    this.#replaced.set(line, text)
  }

  /** `left`: what stands there instead. Of two blank lines that would meet, one goes, too. */
  remove(first: number, last: number, left: readonly string[] = []): void {
    for (let line = first; line <= last; line++) this.#removed.add(line)
    if (left.length > 0) return this.add(last, left)
    if (isBlank(this.#raw[first - 2]) && isBlank(this.#raw[last]) && last < this.last) this.#removed.add(last + 1)
  }

  /** Behind the line; 0: before the first. Those of one place stand in the order in which they were put in. */
  add(behind: number, lines: readonly string[], apart = false): void {
    const known = this.#added.get(behind)
    if (known === undefined) this.#added.set(behind, [{ lines, apart }])
    else known.push({ lines, apart })
  }

  /** Before the line and the comments right above it, which speak of it; those that begin the text speak of all. */
  above(line: number): number {
    let first = line
    while (first > 1 && isComment(this.at(first - 1))) first--
    return first === 1 ? line - 1 : first - 1
  }

  toString(): string {
    const lines: string[] = []
    this.#put(lines, 0)
    for (const [place, raw] of this.#raw.entries()) {
      const line = place + 1
      if (line > this.last) lines.push(raw)
      else if (!this.#removed.has(line)) lines.push(this.#replaced.get(line) ?? raw)
      this.#put(lines, line)
    }
    // Where nothing was, the last line gets its end.
    return this.last === 0 && lines.length > 1 && lines.at(-1) !== '' ? `${lines.join('\n')}\n` : lines.join('\n')
  }

  #put(lines: string[], behind: number): void {
    const added = this.#added.get(behind) ?? []
    for (const { lines: own, apart } of added) {
      if (apart && this.#airy && lines.length > 0 && !isBlank(lines.at(-1))) lines.push('')
      lines.push(...own)
    }
    if (this.#airy && added.at(-1)?.apart === true && behind < this.last && !isBlank(this.#raw[behind])) lines.push('')
  }
} // prettier-ignore
