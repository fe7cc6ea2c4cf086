/** Owns: where a key leads in a list of rows, some of which (heads, bands) cannot be active. */

export interface RowsForKeys {
  count: number
  /** -1 for none. */
  active: number
  skip?: ((index: number) => boolean) | undefined
}

const pageRows = 12

/** The next row in `direction` that may be active, or `from` when there is none. */
export function nextActive(
  from: number,
  direction: 1 | -1,
  { count, skip }: Omit<RowsForKeys, 'active'>,
): number {
  for (let i = from + direction; i >= 0 && i < count; i += direction) if (!skip?.(i)) return i
  return from
}

/** The row that a key leads to, or null when the key does not move. */
export function moveByKey(key: string, rows: RowsForKeys, letters = true): number | null {
  const { active, count } = rows
  if (key === 'ArrowDown' || (letters && key === 'j')) return nextActive(active, 1, rows)
  if (key === 'ArrowUp' || (letters && key === 'k')) return nextActive(active < 0 ? count : active, -1, rows)
  if (key === 'Home') return nextActive(-1, 1, rows)
  if (key === 'End') return nextActive(count, -1, rows)
  if (key === 'PageDown') return nextActive(Math.min(count - 2, active + pageRows - 1), 1, rows)
  if (key === 'PageUp') return nextActive(Math.max(1, active - pageRows + 1), -1, rows)
  return null
}
