/** Owns: the small shapes of the drawing: text, icons, chips, rungs. Each answers with markup at a place. */
import { columns, xml } from './text.ts'
import { wireColumn } from './look.ts'

/** A number as short as it may be. */
export const n = (value: number): string => String(Math.round(value * 10) / 10)

export interface Piece {
  text: string
  /** Classes of look.ts. */
  as?: string
}

/** One line of text, its baseline at `y`. */
export function text(x: number, y: number, pieces: string | readonly Piece[], as = '', anchor = ''): string {
  const spans = typeof pieces === 'string' ? [{ text: pieces }] : pieces
  const inner = spans.map((piece: Piece) =>
    piece.as === undefined ? xml(piece.text) : `<tspan class="${piece.as}">${xml(piece.text)}</tspan>`,
  )
  const attributes = (as === '' ? '' : ` class="${as}"`) + (anchor === '' ? '' : ` text-anchor="${anchor}"`)
  return `<text x="${n(x)}" y="${n(y)}"${attributes} xml:space="preserve">${inner.join('')}</text>`
}

const icons = {
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0z',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9zM8 9.5v2',
  good: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.5 8.2l1.8 1.8 3.3-3.6',
  bad: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6 6l4 4M10 6l-4 4',
  warn: 'M8 2.5l6.2 11H1.8zM8 6.5v3.2M8 11.6v.1',
  info: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.5v3.5M8 5v.1',
  neutral: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.5 8h5',
  cut: 'M2 8h3.5M10.5 8H14M7 5.5L5.5 3M9 10.5l1.5 2.5M9.5 5L11 3.5M6.5 11L5 12.5',
  wait: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5V8l2.5 1.5',
  globe: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM2.5 6.2h11M2.5 9.8h11M8 2c-4 4-4 8 0 12 4-4 4-8 0-12z',
  plug: 'M6 2v3.5M10 2v3.5M4 5.5h8V8a4 4 0 0 1-8 0zM8 12v2.5',
  mail: 'M2 4h12v8.5H2zM2.5 4.5L8 9l5.5-4.5',
  edit: 'M3 13l.7-3L10.8 3l2.2 2.2-7.1 7.1z',
  hidden: 'M2.5 2.5l11 11M6.2 3.8A7 7 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-2 2.6M4 5a12 12 0 0 0-2.5 3S4 12.5 8 12.5a7 7 0 0 0 2.6-.5',
} as const // prettier-ignore
export type IconName = keyof typeof icons

/** Centred at `y`; `size` in pixels of a 16-pixel grid. */
export const icon = (name: IconName, x: number, y: number, as = '', size = 14): string =>
  `<path class="i ${as}" transform="translate(${n(x)} ${n(y - size / 2)}) scale(${size / 16})" d="${icons[name]}"/>`

export const line = (x1: number, x2: number, y: number): string =>
  `<path class="rung" d="M${n(x1)} ${n(y)}H${n(x2)}"/>`

/** An arrow that a line from the client ends in, and the dot where a line begins. */
export const arrowRight = (x: number, y: number): string =>
  `<path class="end" d="M${n(x - 8)} ${n(y - 4.5)}v9l7-4.5z"/>`
export const arrowLeft = (x: number, y: number): string =>
  `<path class="end" d="M${n(x + 8)} ${n(y - 4.5)}v9l-7-4.5z"/>`
export const dot = (x: number, y: number): string => `<circle class="end" cx="${n(x)}" cy="${n(y)}" r="3.5"/>`

export const box = (x: number, y: number, w: number, h: number, as: string, r = 0): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}"${r === 0 ? '' : ` rx="${r}"`} class="${as}"/>`

/** Pixels of a chip with this text: of whole columns, as what is spared at each adds up and a long text meets the border. */
export const chipWidth = (words: string): number => Math.ceil(columns(words) * wireColumn) + 14

/** A chip in the wire's font, its middle at `y`. */
export const chip = (x: number, y: number, words: string, as = ''): string =>
  box(x + 0.5, y - 9.5, chipWidth(words) - 1, 19, `chip ${as}`.trim(), 4) +
  text(x + 7, y + 4.2, [{ text: words, as: `w ${as}`.trim() }])
