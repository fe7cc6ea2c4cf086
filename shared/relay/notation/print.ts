/**
 * Owns: writing a policy as text that reads back as the same policy. Passwords are masked: who reads the text in again keeps
 * those that are saved. Unknown directives stand again in the block they came from.
 */
import type { RelayPolicy, UnknownDirective } from '../policy.ts'
import { piecesOf, type Piece } from './pieces.ts'

const indented = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split('\n').map((one) => `  ${one}`))

/** What was unknown in a block that is gone: said as a comment rather than lost. */
export const leftBehind = (within: string, texts: readonly string[]): string[] => [
  `# in ${within}, which is not there any more:`,
  ...texts.flatMap((text) => text.split('\n').map((one) => `#   ${one}`)),
]

/** Lays out pieces with what was unknown in each block. */
export class Printer {
  readonly #unknown: Map<string, string[]>

  constructor(unknown: readonly UnknownDirective[]) {
    const byPlace = Map.groupBy(unknown, ({ within = '' }) => within)
    this.#unknown = new Map([...byPlace].map(([within, texts]) => [within, texts.map(({ text }) => text)]))
  }

  /** Once for each place: two blocks of one name share what was unknown in them. */
  unknown(within: string): string[] {
    const lines = this.#unknown.get(within) ?? []
    this.#unknown.delete(within)
    return lines
  }

  piece(piece: Piece): string[] {
    const { name, value } = piece
    if (!('inside' in piece)) return [`${name} ${value}`]
    const inside = [...piece.inside.flatMap((one) => this.piece(one)), ...this.unknown(piece.label)]
    return [`<${name} ${value}>`, ...indented(inside), `</${name}>`]
  }

  left(): string[] {
    return [...this.#unknown].flatMap(([within, texts]) => leftBehind(within, texts))
  }
}

/** Directives of one name stand together; each block stands alone. */
function grouped(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = []
  for (const piece of pieces) {
    const last = groups.at(-1)
    if (last !== undefined && !('inside' in piece) && last[0]!.name === piece.name) last.push(piece)
    else groups.push([piece])
  }
  return groups
}

/** Ends with a line end, unless the policy is empty. */
export function printNotation(policy: RelayPolicy): string {
  const to = new Printer(policy.unknown)
  const parts = grouped(piecesOf(policy)).map((group) => group.flatMap((piece) => to.piece(piece)))
  return [...parts, to.unknown(''), to.left()]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}
