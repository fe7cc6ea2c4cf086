/**
 * Owns: how the keys move through the matrix. Up and Down go from row to row, in the same column where a cell has the
 * focus; Left and Right go through the cells of an open row and back to the row itself (WAI-ARIA treegrid pattern).
 */

/** Rows in sight for the keys, in the order of the page. */
const rowsIn = (table: HTMLElement) => [...table.querySelectorAll<HTMLElement>('tr[data-row]')]

/** Columns that are left out in a narrow room have nothing to go to. */
const inSight = (cell: HTMLElement) => !('checkVisibility' in cell) || cell.checkVisibility()

const cellsIn = (row: HTMLElement | undefined) =>
  row ? [...row.querySelectorAll<HTMLElement>('[data-cell]')].filter(inSight) : []

export const cellWithFocus = (): HTMLElement | undefined => {
  const active = document.activeElement
  return active instanceof HTMLElement && active.dataset['cell'] !== undefined ? active : undefined
}

/** The row that has the focus, or one of whose cells has it. */
export const rowWithFocus = (): HTMLElement | undefined => {
  const active = document.activeElement
  if (active instanceof HTMLElement && active.dataset['row'] !== undefined) return active
  return cellWithFocus()?.closest<HTMLElement>('tr[data-row]') ?? undefined
}

export function moveRow(table: HTMLElement, by: number | 'first' | 'last'): void {
  const rows = rowsIn(table)
  const from = rowWithFocus()
  const at = from === undefined ? -1 : rows.indexOf(from)
  const next = by === 'first' ? 0 : by === 'last' ? rows.length - 1 : at + by
  const row = rows[Math.max(0, Math.min(next, rows.length - 1))]
  const name = cellWithFocus()?.dataset['cell']
  const cell = cellsIn(row).find((one) => one.dataset['cell'] === name)
  ;(cell ?? row)?.focus()
}

/** From a row to its first cell, from cell to cell, and from the first one back to the row. */
export function moveCell(by: 1 | -1): void {
  const row = rowWithFocus()
  const all = cellsIn(row)
  const from = cellWithFocus()
  const at = from === undefined ? -1 : all.indexOf(from)
  const next = Math.min(at + by, all.length - 1)
  ;(next < 0 ? row : all[next])?.focus()
}

/** The first or the last cell of the row. */
export function endCell(end: 'first' | 'last'): void {
  const all = cellsIn(rowWithFocus())
  all.at(end === 'first' ? 0 : -1)?.focus()
}
