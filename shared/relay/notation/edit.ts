/**
 * Owns: a changed policy put into the text that a person wrote. Only lines of what changed are replaced, taken out or put in;
 * comments, blank lines, order, indentation and spelling of everything else stay. An entry that changed place takes its lines
 * along. Pure; the caller proves that the text reads as the policy.
 */
import type { RelayPolicy, UnknownDirective } from '../policy.ts'
import { aligned } from './align.ts'
import { knownNames } from './blocks.ts'
import { withoutSecrets } from './conceal.ts'
import { labelsOf } from './meaning.ts'
import { outlineOf, type Extent } from './outline.ts'
import { piecesOf, type BlockPiece, type Piece } from './pieces.ts'
import { leftBehind, Printer } from './print.ts'
import { TextLines } from './textLines.ts'

export interface Edited {
  text: string
  /** What the text has to say: unknown directives have gone along with blocks that got another name. */
  policy: RelayPolicy
}

/** An entry of the policy whose lines are not to be found. */
class Untraced extends Error {}

/** Kinds of the top in the order in which a new one is put in. */
const topOrder = [
  'smtp-listener', 'smtp-user', 'source', 'relay-domain', 'relay-address', 'smtp-server-tls-certificate', 'smtp-source-host',
  'domain', 'virtual-mta', 'virtual-mta-rule',
] as const // prettier-ignore
/** Kinds of which there are many in one place. */
const many = new Set<string>(['smtp-listener', 'smtp-user', 'source', 'relay-domain', 'relay-address', 'smtp-source-host', 'domain', 'virtual-mta', 'virtual-mta-rule']) // prettier-ignore

const orderIn = (block: string): readonly string[] => {
  const names = knownNames.get(block)
  return block === '' ? topOrder : [...(names?.directives ?? []), ...(names?.blocks ?? [])]
}

const isBlock = (piece: Piece): piece is BlockPiece => 'inside' in piece

const contentOf = (piece: Piece): string =>
  JSON.stringify(piece, (key, value: unknown) => (key === 'line' ? undefined : value))

/** Extents of each entry: blocks of one name are one, but each source is its own. */
function entries(name: string, extents: readonly Extent[]): Extent[][] {
  if (extents[0]?.kind !== 'block' || name === 'source') return extents.map((one) => [one])
  return [...Map.groupBy(extents, ({ value }) => value).values()]
}

/** Of the entries of one kind: those that were, and are. */
interface Kind {
  name: string
  parents: readonly Extent[]
  links: readonly (readonly Extent[])[]
  before: readonly Piece[]
  now: readonly Piece[]
  /** Where a new one without one before it goes; found once, whatever the number of entries. */
  start?: number
}

type ByLabel = ReadonlyMap<string, readonly UnknownDirective[]>
const byLabel = ({ unknown }: RelayPolicy): ByLabel => Map.groupBy(unknown, ({ within = '' }) => within)

/** All that stands in the lines of a piece: also what is unknown. */
const wholly = (piece: Piece, unknown: ByLabel): string =>
  JSON.stringify([
    contentOf(piece),
    isBlock(piece) ? labelsIn(piece).map((label) => unknown.get(label)?.map(({ text }) => text) ?? []) : [],
  ])

class Editor {
  readonly #lines: TextLines
  readonly #to: Printer
  /** Labels of blocks, before and now. */
  readonly relabelled = new Map<string, string>()
  /** Blocks whose lines went as a whole, with what is unknown in them. */
  readonly #gone = new Set<Extent>()
  /** Of the policy as it is now. */
  readonly #labels: ReadonlySet<string>
  /** What is unknown, before and now, by the label of its block. */
  readonly #unknown: readonly [ByLabel, ByLabel]

  constructor(text: string, before: RelayPolicy, after: RelayPolicy) {
    this.#unknown = [byLabel(before), byLabel(after)]
    this.#lines = new TextLines(text)
    this.#to = new Printer(after.unknown)
    this.#labels = labelsOf(after)
  }

  get text(): string {
    return this.#lines.toString()
  }

  /** `parents`: the blocks that are one entry; of the top the text itself. */
  block(parents: readonly Extent[], before: readonly Piece[], now: readonly Piece[]): void {
    const known = parents.flatMap(({ inside }) => inside).filter(({ kind }) => kind !== 'unknown')
    const byName = Map.groupBy(known, ({ name }) => name)
    const [old, fresh] = [Map.groupBy(before, ({ name }) => name), Map.groupBy(now, ({ name }) => name)]
    for (const name of orderIn(parents[0]!.name)) {
      const extents = byName.get(name) ?? []
      const kind = { name, parents, links: entries(name, extents), before: old.get(name) ?? [], now: fresh.get(name) ?? [] } // prettier-ignore
      if (many.has(name)) this.#many(kind)
      else this.#one(kind, extents)
    }
  }

  /** The last of its lines holds. */
  #one(kind: Kind, extents: readonly Extent[]): void {
    const [before, now] = [kind.before[0], kind.now[0]]
    const last = extents.at(-1)
    if (before?.value === now?.value) return
    if (now === undefined) for (const { first } of extents) this.#lines.remove(first, first)
    else if (before !== undefined && last !== undefined) this.#rewrite(last, now.value)
    else this.#put(kind, now, undefined, undefined)
  }

  #many(kind: Kind): void {
    const { links, before, now } = kind
    if (links.length !== before.length) throw new Untraced()
    const { before: places, stays } = aligned(before.map(({ value }) => value), now.map(({ value }) => value)) // prettier-ignore
    const renamed = renames(kind, places, stays)
    const at = now.map((_piece, place) => (stays[place] ? places[place]! : renamed[place]!))
    const kept = new Set(at)
    const staying = new Set(now.flatMap((piece, place) => (at[place]! >= 0 && isBlock(piece) ? [piece.label] : [])))
    let anchor: Extent | undefined
    for (const [place, piece] of now.entries()) {
      const own = at[place]!
      if (own < 0) {
        const from = places[place]! >= 0 ? places[place] : undefined
        // Two sources may have one label: what is unknown stays with the one that stays.
        if (isBlock(piece) && staying.has(piece.label)) this.#write(kind, piece, anchor, new Printer([]).piece(piece))
        else this.#put(kind, piece, anchor, from)
        continue
      }
      this.#stay(links[own]!, before[own]!, piece)
      anchor = links[own]![0]
    }
    const moved = new Set(places)
    for (const place of before.keys())
      if (!kept.has(place)) this.#take(links[place]!, moved.has(place))
  }

  #stay(extents: readonly Extent[], before: Piece, now: Piece): void {
    if (before.value !== now.value) for (const extent of extents) this.#rewrite(extent, now.value)
    if (!isBlock(before) || !isBlock(now)) return
    if (before.label !== now.label) this.relabelled.set(before.label, now.label)
    this.block(extents, before.inside, now.inside)
  }

  #rewrite({ first, from, end, kind }: Extent, value: string): void {
    const line = this.#lines.at(first)
    this.#lines.replace(first, `${line.slice(0, from)}${value}${kind === 'block' ? '>' : ''}${line.slice(end)}`)
  }

  #take(extents: readonly Extent[], moved: boolean): void {
    for (const extent of extents) {
      for (const one of blocksIn(extent)) this.#gone.add(one)
      this.#lines.remove(extent.first, extent.last, moved ? [] : this.#left(extent))
    }
  }

  /** What was unknown in a block that goes is left as a comment. */
  #left(extent: Extent, indent = this.#lines.indent(extent.first)): string[] {
    const texts = extent.inside.filter(({ kind }) => kind === 'unknown').map((one) => this.#textOf(one))
    const own = texts.length === 0 || this.#labels.has(extent.label) ? [] : leftBehind(extent.label, texts).map((line) => `${indent}${line}`)
    const blocks = extent.inside.filter(({ kind }) => kind === 'block')
    return [...own, ...blocks.flatMap((one) => this.#left(one, indent))]
  }

  #textOf({ first, last }: Extent): string {
    const indent = this.#lines.indent(first).length
    const lines = this.#lines.between(first, last)
    return lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line)).join('\n')
  }

  /** `from`: the place of the same entry before, whose lines are taken along. */
  #put(kind: Kind, piece: Piece, anchor: Extent | undefined, from: number | undefined): void {
    const { links, before } = kind
    const same = from !== undefined && wholly(before[from]!, this.#unknown[0]) === wholly(piece, this.#unknown[1])
    if (!same) return this.#write(kind, piece, anchor, this.#to.piece(piece))
    const lines = links[from]!.flatMap(({ first, last }) => this.#lines.between(first, last))
    this.#write(kind, piece, anchor, lines, '')
  }

  #write(kind: Kind, piece: Piece, anchor: Extent | undefined, lines: readonly string[], indent = this.#indent(kind.parents)): void {
    const { name, parents, links } = kind
    const apart = parents[0]!.name === '' && (isBlock(piece) || links.length === 0)
    this.#lines.add(anchor?.last ?? (kind.start ??= this.#place(name, parents, links)), lines.map((line) => `${indent}${line}`), apart)
  }

  #indent(parents: readonly Extent[]): string {
    const parent = parents.at(-1)!
    if (parent.name === '') return ''
    const sibling = parent.inside[0]
    return sibling === undefined ? `${this.#lines.indent(parent.first)}  ` : this.#lines.indent(sibling.first)
  }

  /** For the first of its kind: before those that follow, else behind the kinds that are written before it. */
  #place(name: string, parents: readonly Extent[], links: Kind['links']): number {
    const first = links[0]?.[0]
    if (first !== undefined) return this.#lines.above(first.first)
    const order = orderIn(parents[0]!.name)
    const rank = order.indexOf(name)
    const all = parents.flatMap(({ inside }) => inside).filter(({ kind }) => kind !== 'unknown')
    const earlier = all.filter((one) => order.indexOf(one.name) < rank)
    if (earlier.length > 0) return latest(earlier)
    if (parents[0]!.name !== '') return parents.at(-1)!.first
    return all.length > 0 ? this.#lines.above(all[0]!.first) : this.#lines.last
  }

  /** What is unknown, by the label that its blocks had. */
  unknown(top: Extent): void {
    const [old, fresh] = this.#unknown
    for (const [label, blocks] of Map.groupBy(blocksIn(top), (one) => one.label)) {
      const parents = blocks.filter((one) => !this.#gone.has(one))
      if (parents.length === 0) continue
      const now = this.relabelled.get(label) ?? label
      const own = [...(fresh.get(now) ?? []), ...(now === label || this.#labels.has(label) ? [] : (fresh.get(label) ?? []))] // prettier-ignore
      if (parents.length === blocks.length) this.#unknownIn(parents, old.get(label) ?? [], own)
      else this.#unknownIn(parents, unknownOf(parents).map((one) => ({ text: this.#textOf(one) })), own)
    }
  }

  #unknownIn(parents: readonly Extent[], before: readonly UnknownDirective[], now: readonly UnknownDirective[]): void {
    const extents = unknownOf(parents)
    if (extents.length !== before.length) throw new Untraced()
    const { before: places, stays } = aligned(before.map(({ text }) => text), now.map(({ text }) => text))
    const kept = new Set(places.filter((_place, at) => stays[at]))
    const parent = parents.at(-1)!
    const leading = now.findIndex((_one, at) => stays[at])
    let behind = leading >= 0 ? extents[places[leading]!]!.first - 1 : extents.at(-1)?.last ?? (parent.name === '' ? this.#lines.last : parent.last - 1)
    for (const [at, { text }] of now.entries()) {
      if (stays[at]) behind = extents[places[at]!]!.last
      else this.#lines.add(behind, text.split('\n').map((line) => `${this.#indent(parents)}${line}`))
    }
    for (const [at, { first, last }] of extents.entries()) if (!kept.has(at)) this.#lines.remove(first, last)
  }
} // prettier-ignore

const latest = (extents: readonly Extent[]): number =>
  extents.reduce((most, { last }) => Math.max(most, last), 0)

const labelsIn = (piece: BlockPiece): string[] => [
  piece.label,
  ...piece.inside.filter(isBlock).flatMap(labelsIn),
]

const unknownOf = (blocks: readonly Extent[]): Extent[] =>
  blocks.flatMap(({ inside }) => inside.filter(({ kind }) => kind === 'unknown'))

const blocksIn = (extent: Extent): Extent[] => [extent, ...extent.inside.filter(({ kind }) => kind === 'block').flatMap(blocksIn)] // prettier-ignore

/**
 * For each entry the place of the one that it was under another name or value; -1: it is new. Between two entries that stayed,
 * a directive is the changed one that went there; a block is it only when it says that it stood in its line.
 */
function renames({ before, now }: Kind, places: readonly number[], stays: readonly boolean[]): number[] {
  const taken = new Set(places)
  // The place of the next entry that stayed.
  const ends: number[] = []
  for (let at = now.length - 1, end = before.length; at >= 0; at--) {
    if (stays[at]) end = places[at]!
    ends[at] = end
  }
  let next = 0
  return now.map((piece, at) => {
    if (stays[at]) next = places[at]! + 1
    if (stays[at] || places[at]! >= 0) return -1
    const found = before.slice(next, Math.min(ends[at]!, next + 1000)).findIndex((other, place) => !taken.has(next + place) && isSuccessor(piece, other))
    if (found < 0) return -1
    next += found + 1
    return next - 1
  })
} // prettier-ignore

const isSuccessor = (piece: Piece, other: Piece): boolean =>
  !isBlock(piece) || (isBlock(other) && piece.line !== undefined && piece.line === other.line)

/** `before`: what the text says. Null where it cannot be edited: it has mistakes, or says something else. */
export function editNotation(text: string, before: RelayPolicy, after: RelayPolicy): Edited | null {
  const top = outlineOf(text)
  if (top === null) return null
  const editor = new Editor(text, before, after)
  try {
    editor.block([top], piecesOf(before), piecesOf(after))
    editor.unknown(top)
  } catch (error) {
    if (error instanceof Untraced) return null
    throw error
  }
  const labels = labelsOf(after)
  const unknown = after.unknown.flatMap((one) => {
    if (one.within === undefined || labels.has(one.within)) return [one]
    const within = editor.relabelled.get(one.within)
    return within === undefined ? [] : [{ ...one, within }]
  })
  return { text: editor.text, policy: withoutSecrets({ ...after, unknown }) }
}
