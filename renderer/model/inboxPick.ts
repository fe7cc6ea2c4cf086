/** Owns: which rows of the list are picked together: by click, by key, all; as values. */

export interface Pick {
  /** Of the view (viewKey) that they were picked in. */
  view: string
  ids: ReadonlySet<string>
  /** Where a stretch begins, and its moving end. */
  anchor: string
  head: string
  /** All that the view finds, loaded or not. */
  everything: boolean
}

type Rows = readonly { id: string }[]
const place = (rows: Rows, id: string): number => rows.findIndex((row) => row.id === id)

/** From one row to another, both included; the head alone when the anchor is gone. */
function stretch(rows: Rows, anchor: string, head: string): ReadonlySet<string> {
  const [a, b] = [place(rows, anchor), place(rows, head)]
  if (b < 0) return new Set()
  const from = a < 0 ? b : Math.min(a, b)
  return new Set(rows.slice(from, Math.max(a, b) + 1).map(({ id }) => id))
}

interface At {
  view: string
  rows: Rows
  /** The row that is open; '' for none. */
  open: string
  pick: Pick | null
}

/** One row more, or one less; the open row belongs to those that are picked first. */
export function pickToggle({ view, rows, open, pick }: At, id: string): Pick | null {
  const before = pick?.ids ?? new Set(place(rows, open) >= 0 ? [open] : [])
  const ids = new Set(before)
  if (!ids.delete(id)) ids.add(id)
  return ids.size === 0 ? null : { view, ids, anchor: id, head: id, everything: false }
}

/** Everything from where picking began to this row. */
export function pickTo({ view, rows, open, pick }: At, id: string): Pick {
  const anchor = pick?.anchor ?? (open === '' ? id : open)
  return { view, ids: stretch(rows, anchor, id), anchor, head: id, everything: false }
}

/** The stretch grows or shrinks by a row; null where there is none to begin with. */
export function pickStep(at: At, by: 1 | -1): Pick | null {
  const { rows, open, pick } = at
  const from = place(rows, pick?.head ?? open)
  const next = rows[from < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, from + by))] // prettier-ignore
  return next === undefined ? null : pickTo(at, next.id)
}

export function pickAll({ view, rows }: At): Pick | null {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return null
  return { view, ids: new Set(rows.map(({ id }) => id)), anchor: first.id, head: last.id, everything: false }
}

/** Those that are still there, in another view none. */
export function stillPicked(pick: Pick | null, view: string, rows: Rows): Pick | null {
  if (pick === null || pick.view !== view) return null
  const ids = new Set(rows.filter(({ id }) => pick.ids.has(id)).map(({ id }) => id))
  if (ids.size === 0) return null
  return ids.size === pick.ids.size ? pick : { ...pick, ids }
}

/** For the bar and for a screen reader, as "3 selected" or "All 812 selected". */
export const pickedWords = (pick: Pick | null, total: number): string =>
  pick === null
    ? 'None selected'
    : `${pick.everything ? `All ${total.toLocaleString('en-US')}` : pick.ids.size.toLocaleString('en-US')} selected`
