/** Owns: how wide a column of row numbers is, as `--number`: a list of rules may have nine, or a hundred thousand. */
import type { CSSProperties } from 'react'

export const numberColumn = (highest: number): CSSProperties & Record<'--number', string> => ({
  '--number': `max(18px, ${String(highest).length}ch + 4px)`,
})
