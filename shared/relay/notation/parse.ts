/**
 * Owns: reading a PowerMTA-style text into a policy. All problems at once, each with line and column; what is right is taken,
 * what is unknown is kept and named. Passwords come out beside the policy and stand in no message.
 */
import { emptyPolicy, type RelayPolicy } from '../policy.ts'
import { keptPassword, topBlock, type Block, type Draft } from './blocks.ts'
import { notationLines, type NotationLine, type Spot } from './lines.ts'
import { Wrong } from './values.ts'

export interface NotationProblem extends Spot {
  message: string
}

export interface ReadNotation {
  policy: RelayPolicy
  /** By `user NAME` and `smarthost NAME`. A masked one (eight asterisks) is not among them: the kept one stays. */
  secrets: Map<string, string>
  /** What is wrong. A policy with problems is to be shown, not to be run. */
  problems: NotationProblem[]
}

export const secretNames = new Set(['password', 'smarthost-password'])
/** Of directives that nobody here knows, those that look like a secret: the policy is shown, and keeps none. */
export const looksSecret = /pass|secret|token|key/
const concealed = (text: string): string =>
  text.replace(/^(\s*)(\S+)(\s+).+$/, (line, blank: string, name: string, gap: string) =>
    looksSecret.test(name.toLowerCase()) ? `${blank}${name}${gap}${keptPassword}` : line,
  )

/** Of a line that cannot be read; where it begins as a secret does, its name alone. */
function brokenText(text: string): string {
  const [, name = ''] = /^["<\s]*([^\s"]{0,100})/.exec(text) ?? []
  return looksSecret.test(name.toLowerCase()) ? `${name.slice(0, 40)} ${keptPassword}` : text.slice(0, 100)
}

/** A block that is unknown or whose head is wrong: what is inside goes nowhere. */
interface Skipped {
  name: string
  opened: Spot
  depth: number
  /** Kept with the policy; absent for a known block with a wrong head. */
  lines?: string[]
}

class Parser {
  readonly draft: Draft = { policy: emptyPolicy(), secrets: new Map() }
  readonly problems: NotationProblem[] = []
  readonly #open: Block[] = [topBlock(this.draft)]
  #skipped: Skipped | null = null

  get #top(): Block {
    return this.#open.at(-1)!
  }

  #say({ line, column }: Spot, message: string): void {
    this.problems.push({ line, column, message })
  }

  #keep(text: string, line: number): void {
    const { label } = this.#top
    this.draft.policy.unknown.push({
      text: text.split('\n').map(concealed).join('\n').slice(0, 10_000),
      ...(label === '' ? {} : { within: label.slice(0, 300) }),
      line,
    })
  }

  take(line: NotationLine): void {
    if (line.kind === 'broken') this.#say(line, `"${brokenText(line.text)}" ${line.problem}`)
    else if (this.#skipped) this.#skip(line, this.#skipped)
    else if (line.kind === 'open') this.#begin(line)
    else if (line.kind === 'close') this.#close(line)
    else this.#directive(line)
  }

  #skip(line: Exclude<NotationLine, { kind: 'broken' }>, skipped: Skipped): void {
    const inside = this.#open[0]!.blocks
    // A block that only the top knows: the unknown one was never closed.
    if (line.kind === 'open' && skipped.lines !== undefined && inside.has(line.name) && skipped.depth === 1) {
      this.#unclosed(skipped)
      this.#endSkipped()
      return this.#begin(line)
    }
    skipped.lines?.push(line.text)
    if (line.kind === 'open') skipped.depth++
    if (line.kind === 'close') skipped.depth--
    if (skipped.depth === 0) this.#endSkipped()
  }

  #endSkipped(): void {
    const { lines, opened } = this.#skipped!
    this.#skipped = null
    if (lines !== undefined) this.#keep(lines.join('\n'), opened.line)
  }

  #begin(line: Extract<NotationLine, { kind: 'open' }>): void {
    const begin = this.#top.blocks.get(line.name)
    if (begin === undefined && this.#open[0]!.blocks.has(line.name)) {
      // Known at the top: what is open was forgotten, and this is no part of it.
      while (this.#open.length > 1) this.#unclosed(this.#open.pop()!)
      return this.#begin(line)
    }
    if (begin === undefined) {
      this.#skipped = { name: line.name, opened: line, depth: 1, lines: [line.text] }
      return
    }
    const block = begin(line.value, { line: line.line, column: line.column })
    if (!(block instanceof Wrong)) return void this.#open.push(block)
    this.#say(line.at, `<${line.name}> "${line.value.slice(0, 100)}" ${block.words}`)
    this.#skipped = { name: line.name, opened: line, depth: 1 }
  }

  #unclosed({ name, opened }: Pick<Block, 'name' | 'opened'>): void {
    this.#say(opened, `<${name}> is not closed; put </${name}> behind its last line`)
  }

  #close(line: Extract<NotationLine, { kind: 'close' }>): void {
    const at = this.#open.findLastIndex(({ name }) => name === line.name)
    if (at < 1) {
      const open = this.#top.name === '' ? 'nothing is open here' : `<${this.#top.name}> is open here`
      return this.#say(line, `</${line.name.slice(0, 100)}> closes what was not opened; ${open}`)
    }
    while (this.#open.length > at + 1) this.#unclosed(this.#open.pop()!)
    this.#open.pop()
  }

  #directive(line: Extract<NotationLine, { kind: 'directive' }>): void {
    const take = this.#top.directives.get(line.name)
    if (take === undefined) return this.#keep(line.text, line.line)
    const wrong = take(line.value, line.at)
    if (wrong === undefined) return
    const shown = secretNames.has(line.name) ? '' : ` "${line.value.slice(0, 100)}"`
    this.#say(line.at, `${line.name}${shown} ${wrong.words}`)
  }

  end(): ReadNotation {
    if (this.#skipped) {
      this.#unclosed(this.#skipped)
      this.#endSkipped()
    }
    while (this.#open.length > 1) this.#unclosed(this.#open.pop()!)
    const { policy, secrets } = this.draft
    return {
      policy,
      secrets,
      problems: this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
    }
  }
}

/** Reads the whole text, whatever is wrong in it. */
export function parseNotation(text: string): ReadNotation {
  const parser = new Parser()
  for (const line of notationLines(text)) parser.take(line)
  return parser.end()
}
