/**
 * Owns: reading a PowerMTA-style text into a policy. All problems at once, each with line and column; what is right is taken,
 * what is unknown is kept and named. Passwords come out beside the policy and stand in no message, nor does what could be
 * one: a value of a directive that is misspelt, or stands in the wrong place or form.
 */
import { emptyPolicy, type RelayPolicy, type UnknownDirective } from '../policy.ts'
import { keptPassword, standIn, topBlock, type Block, type Draft } from './blocks.ts'
import { concealed, quotable, withoutSecrets } from './conceal.ts'
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
  /** What is taken, and may not be what was meant: a name or a directive that is there twice. */
  warnings: NotationProblem[]
  /** Lines that hold a secret, or could: by their number how they may be kept and shown, without comment and outer blanks. */
  masked: ReadonlyMap<number, string>
}

type Tag = Extract<NotationLine, { kind: 'open' | 'close' }>
type Directive = Extract<NotationLine, { kind: 'directive' }>
type Broken = Extract<NotationLine, { kind: 'broken' }>

/** Directives of which a block has as many as it likes. */
const listed = new Set([
  'smtp-listener',
  'relay-domain',
  'relay-address',
  'virtual-mta-rule',
  'smtp-source-host',
])

export const secretNames = new Set(['password', 'smarthost-password'])

/** A block that is unknown: what is inside goes nowhere. */
interface Skipped {
  name: string
  opened: Spot
  depth: number
  lines: string[]
  /** Where each of them stands. */
  numbers: number[]
}

/** What was not understood, with the numbers of its lines. */
interface Kept {
  entry: UnknownDirective
  numbers: number[]
}

/** What a policy may hold; one more is kept, so that it is told. */
const mostUnknown = 10_000

const firstOf = (value: string): string => value.replace(/\s.*$/s, ' …')

/** The name of a tag in an error's words. */
const tagName = (name: string): string => {
  const [first = '', ...more] = name.slice(0, 100).split(/\s/)
  return more.length === 0 ? concealed(first) : `${concealed(first)} …`
}

class Parser {
  readonly draft: Draft = {
    policy: emptyPolicy(),
    secrets: new Map(),
    again: (label, at, first) => this.#again(label, at, first),
  }
  readonly problems: NotationProblem[] = []
  readonly #warnings: NotationProblem[] = []
  /** Lines of directives that have one value, by their block and name. */
  readonly #said = new Map<string, number>()
  readonly #masked = new Map<number, string>()
  readonly #kept: Kept[] = []
  /** Labels of blocks with credentials. */
  readonly #guarded = new Set<string>()
  readonly #open: Block[] = [topBlock(this.draft)]
  /** Blocks that were opened by a tag that cannot be read: nobody misses their end. */
  readonly #guessed = new Set<Pick<Block, 'name' | 'opened'>>()
  #skipped: Skipped | null = null

  get #top(): Block {
    return this.#open.at(-1)!
  }

  #say({ line, column }: Spot, message: string): void {
    this.problems.push({ line, column, message })
  }

  #again(label: string, { line, column }: Spot, first = line): void {
    const tag = quotable(label).replace(' of ', '> of <')
    this.#warnings.push({ line, column, message: `<${tag}> stands in line ${first} already: both hold, and where they say different things the later one does` }) // prettier-ignore
  }

  /** Of two directives that have one value the later holds. */
  #repeated({ name, line, column }: Directive): void {
    if (listed.has(name)) return
    const { name: block, label, opened } = this.#top
    const key = `${block === 'source' ? `${label} ${opened.line}` : label}\n${name}`
    const first = this.#said.get(key)
    this.#said.set(key, line)
    if (first === undefined) return
    const lost = name === 'smarthost' ? ', and the user of that one does not' : ''
    this.#warnings.push({ line, column, message: `${name} stands in line ${first} already; this later one holds${lost}` })
  } // prettier-ignore

  #keep(text: string, line: number, numbers: number[]): void {
    const { label } = this.#top
    // A policy cannot hold as many: it is refused for its size, and nothing of the rest is needed.
    if (this.#kept.length > mostUnknown) {
      for (const number of numbers) this.#masked.set(number, '')
      return
    }
    this.#kept.push({
      entry: { text, ...(label === '' ? {} : { within: label.slice(0, 400) }), line },
      numbers,
    })
  }

  take(line: NotationLine): void {
    if (line.kind === 'broken') this.#broken(line)
    else if (this.#skipped) this.#skip(line, this.#skipped)
    else if (line.kind === 'open') this.#begin(line)
    else if (line.kind === 'close') this.#close(line)
    else this.#directive(line)
  }

  /** What stands in it is told as far as it can be no secret; the tag that was meant opens or closes its block all the same. */
  #broken(line: Broken): void {
    const shown = brokenText(line, this.#top)
    this.#masked.set(line.line, shown)
    this.#say(line, `"${shown}" ${line.problem}`)
    if (line.meant === undefined) return
    const before = this.#top
    this.take(line.meant)
    if (line.meant.kind === 'open' && this.#top !== before) this.#guessed.add(this.#top)
  }

  #skip(line: Tag | Directive, skipped: Skipped): void {
    const inside = this.#open[0]!.blocks
    // A block that only the top knows: the unknown one was never closed.
    if (line.kind === 'open' && inside.has(line.name) && skipped.depth === 1) {
      this.#unclosed(skipped)
      this.#endSkipped()
      return this.#begin(line)
    }
    skipped.lines.push(line.text)
    skipped.numbers.push(line.line)
    if (line.kind === 'open') skipped.depth++
    if (line.kind === 'close') skipped.depth--
    if (skipped.depth === 0) this.#endSkipped()
  }

  #endSkipped(): void {
    const { lines, numbers, opened } = this.#skipped!
    this.#skipped = null
    this.#keep(lines.join('\n'), opened.line, numbers)
  }

  #begin(line: Extract<NotationLine, { kind: 'open' }>): void {
    const begin = this.#top.blocks.get(line.name)
    if (begin === undefined && this.#open[0]!.blocks.has(line.name)) {
      // Known at the top: what is open was forgotten, and this is no part of it.
      while (this.#open.length > 1) this.#unclosed(this.#open.pop()!)
      return this.#begin(line)
    }
    const spot = { line: line.line, column: line.column }
    if (begin === undefined) {
      this.#skipped = { name: line.name, opened: line, depth: 1, lines: [line.text], numbers: [line.line] }
      return
    }
    const block = begin(line.value, spot)
    if (!(block instanceof Wrong)) return void this.#open.push(block)
    // Of a user's tag the name alone: behind it a password could stand.
    const value = line.name === 'smtp-user' ? line.value.split(/\s/, 1)[0]! : line.value
    this.#say(line.at, `<${line.name}> "${quotable(value)}" ${block.words}`)
    this.#masked.set(line.line, `<${line.name} ${quotable(value)}>`)
    // What is inside is read for its own mistakes, and goes nowhere.
    this.#open.push({ ...standIn(line.name, spot), label: `${line.name} ${quotable(value)}` })
  }

  #unclosed(block: Pick<Block, 'name' | 'opened'>): void {
    if (this.#guessed.has(block)) return
    const name = tagName(block.name)
    this.#say(block.opened, `<${name}> is not closed; put </${name}> behind its last line`)
  }

  #close(line: Extract<NotationLine, { kind: 'close' }>): void {
    const at = this.#open.findLastIndex(({ name }) => name === line.name)
    if (at < 1) {
      const open = this.#top.name === '' ? 'nothing is open here' : `<${this.#top.name}> is open here`
      this.#masked.set(line.line, `</${tagName(line.name)}>`)
      return this.#say(line, `</${tagName(line.name)}> closes what was not opened; ${open}`)
    }
    while (this.#open.length > at + 1) this.#unclosed(this.#open.pop()!)
    this.#open.pop()
  }

  #directive(line: Directive): void {
    const take = this.#top.directives.get(line.name)
    if (line.name.startsWith('smarthost')) this.#guarded.add(this.#top.label)
    if (take === undefined) return this.#keep(line.text, line.line, [line.line])
    const secret = secretNames.has(line.name)
    const wrong = take(line.value, line.at)
    if (secret && line.value !== '') {
      const gap = line.at.column - line.column
      this.#masked.set(line.line, `${line.text.slice(0, gap)}${keptPassword}`)
    }
    if (wrong === undefined) return this.#repeated(line)
    // Behind the place of a smarthost its credentials could stand.
    const shown = quotable(line.name === 'smarthost' ? firstOf(line.value) : line.value)
    if (!secret && shown !== line.value.slice(0, 100)) this.#masked.set(line.line, `${line.name} ${shown}`)
    this.#say(line.at, `${line.name}${secret ? '' : ` "${shown}"`} ${wrong.words}`)
  }

  #conclude(): RelayPolicy {
    const raw = this.#kept.map(({ entry }) => entry)
    const policy = withoutSecrets({ ...this.draft.policy, unknown: raw }, this.#guarded)
    for (const [place, { entry, numbers }] of this.#kept.entries()) {
      const { text } = policy.unknown[place]!
      if (text === entry.text) continue
      const before = entry.text.split('\n')
      for (const [at, shown] of text.split('\n').entries())
        if (shown !== before[at]) this.#masked.set(numbers[at]!, shown)
    }
    return { ...policy, unknown: policy.unknown.map((one) => ({ ...one, text: one.text.slice(0, 10_000) })) }
  }

  end(): ReadNotation {
    if (this.#skipped) {
      this.#unclosed(this.#skipped)
      this.#endSkipped()
    }
    while (this.#open.length > 1) this.#unclosed(this.#open.pop()!)
    return {
      policy: this.#conclude(),
      secrets: this.draft.secrets,
      problems: this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
      warnings: this.#warnings,
      masked: this.#masked,
    }
  }
}

/** Of a line that cannot be read: its name, and of its value what can be no secret. */
function brokenText({ text }: Broken, { name }: Block): string {
  const bracket = /^<\/?/.exec(text)?.[0] ?? ''
  const end = bracket === '' ? -1 : text.indexOf('>')
  // What stands behind a tag could be anything; of a user's tag also what stands behind the name.
  const own = end > 0 ? `${text.slice(0, end)}> …` : text
  const user = /^<\s*smtp[^\s>]*\s+[^\s>]+(?=\s)/i.exec(own)?.[0]
  const kept = user === undefined ? own : `${user} …`
  const among = name === 'smtp-user' && bracket === ''
  const shown = `${bracket}${concealed(kept.slice(bracket.length).trim(), among)}`.slice(0, 100)
  return /[^\t\P{Cc}]/u.test(shown) ? JSON.stringify(shown) : shown
}

/** Reads the whole text, whatever is wrong in it. */
export function parseNotation(text: string): ReadNotation {
  const parser = new Parser()
  for (const line of notationLines(text)) parser.take(line)
  return parser.end()
}
