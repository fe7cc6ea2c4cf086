/** Owns: where the window was: read from and written to window.json, and made to fit the displays of today. */
import { z } from 'zod'

export const minimum = { width: 800, height: 560 }
const usual = { width: 1440, height: 900 }

const WindowState = z.object({
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  x: z.int().min(-100_000).max(100_000).optional(),
  y: z.int().min(-100_000).max(100_000).optional(),
  maximized: z.boolean().default(false),
})
export type WindowState = z.infer<typeof WindowState>

/** Where a window is put; without x and y the system chooses the place. */
export interface Placement {
  width: number
  height: number
  x?: number
  y?: number
  maximized: boolean
}

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** What a damaged or missing file gives is the usual size. */
export function parseWindowState(text: string | null): WindowState {
  try {
    const read = WindowState.safeParse(JSON.parse(text ?? ''))
    if (read.success) return read.data
  } catch {
    // Not JSON: as good as no file.
  }
  return { ...usual, maximized: false }
}

/** At least the minimum size; a place that no display shows enough of is forgotten, so the window is never out of reach. */
export function fitWindowState(state: WindowState, displays: readonly Area[]): Placement {
  const width = Math.max(state.width, minimum.width)
  const height = Math.max(state.height, minimum.height)
  const { x, y, maximized } = state
  const reachable =
    x !== undefined && y !== undefined && displays.some((area) => showsTitle(area, { x, y, width, height }))
  return { width, height, maximized, ...(reachable && { x, y }) }
}

/** 100 points of the upper edge must lie on the display: that is what a hand takes hold of. */
function showsTitle(area: Area, window: Area): boolean {
  const left = Math.max(area.x, window.x)
  const right = Math.min(area.x + area.width, window.x + window.width)
  return right - left >= 100 && window.y >= area.y && window.y <= area.y + area.height - 40
}
