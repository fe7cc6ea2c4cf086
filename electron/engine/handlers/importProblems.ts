/** Owns: what could not be read of a file, in sentences: the same trouble of many lines is one sentence with a count and the first places. */

/** Different sentences; the rest is counted. */
const mostSentences = 200
/** Lines that one sentence names. */
const mostLines = 5

interface Same {
  lines: number[]
  count: number
}

const number = (count: number): string => count.toLocaleString('en-US')

function placesOf({ lines, count }: Same): string {
  if (lines.length === 0) return ''
  if (count === 1) return `Line ${lines[0]}: `
  const rest = count - lines.length
  const last = rest > 0 ? `${number(rest)} more` : lines.at(-1)
  return `Lines ${(rest > 0 ? lines : lines.slice(0, -1)).join(', ')} and ${last}: `
}

export class ImportProblems {
  readonly #all = new Map<string, Same>()
  #beyond = 0

  /** `line` is 0 when it belongs to the whole file. */
  add(line: number, message: string): void {
    const same = this.#all.get(message)
    if (same === undefined && this.#all.size >= mostSentences) this.#beyond++
    else if (same === undefined) this.#all.set(message, { lines: line === 0 ? [] : [line], count: 1 })
    else {
      same.count++
      if (line !== 0 && same.lines.length < mostLines) same.lines.push(line)
    }
  }

  /** This many more lines with the same trouble, which were not told one by one. */
  more(message: string, count: number): void {
    const same = this.#all.get(message)
    if (same === undefined) this.#beyond += count
    else same.count += count
  }

  /** In the order of their first places. */
  sentences(): string[] {
    const told = Array.from(this.#all, ([message, same]) => placesOf(same) + message)
    return this.#beyond > 0 ? [...told, `${number(this.#beyond)} more problems.`] : told
  }
}
