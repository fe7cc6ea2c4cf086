/** Owns: commands of the palette: how a typed text finds them and which letters are marked. */

export interface Command<Icon extends string = string> {
  id: string
  group: string
  icon: Icon
  title: string
  /** Said in grey behind the title; searched too. */
  note?: string
  keyHint?: string
  /** The line is an answer: its sentences and where they are written. Choosing it copies them. */
  answer?: { words: string; reference: string }
  run: () => void
}

export interface Found<C extends Command> {
  command: C
  /** [start, end) of the letters that matched in the title, when they were in the title. */
  mark: readonly [number, number] | null
  noteMark: readonly [number, number] | null
}

/** [start, end) of the first place of `query`, which is in lower case; null when it is empty or not there. */
export function markOf(text: string | undefined, query: string): readonly [number, number] | null {
  const at = query === '' ? -1 : (text ?? '').toLowerCase().indexOf(query)
  return at < 0 ? null : [at, at + query.length]
}

/** A match at the start of the title is best, then at the start of a word, then anywhere, then in the note. */
function score(found: Found<Command>, title: string): number {
  if (found.mark === null) return found.noteMark === null ? -1 : 1
  if (found.mark[0] === 0) return 4
  return title[found.mark[0] - 1] === ' ' ? 3 : 2
}

/** Groups keep their order; inside a group the better match comes first. At most `limit`. */
export function findCommands<C extends Command>(
  commands: readonly C[],
  typed: string,
  limit = 40,
): Found<C>[] {
  const query = typed.trim().toLowerCase()
  const found = commands.map((command) => ({
    command,
    mark: markOf(command.title, query),
    noteMark: markOf(command.note, query),
  }))
  if (query === '') return found.slice(0, limit)
  const scored = found
    .map((one) => ({ one, score: score(one, one.command.title) }))
    .filter(({ score: points }) => points > 0)
  const groups = [...new Set(commands.map(({ group }) => group))]
  return groups
    .flatMap((group) =>
      scored.filter(({ one }) => one.command.group === group).toSorted((a, b) => b.score - a.score),
    )
    .slice(0, limit)
    .map(({ one }) => one)
}
