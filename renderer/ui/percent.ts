/** Owns: places along a line, as CSS and SVG take them. */

/** A part from 0 to 1, fine enough for a pixel of any screen. */
export const percent = (part: number): string => `${(part * 100).toFixed(3)}%`
