/** Owns: the ground behind the rows: amber and hatched where others can read, violet where sealed, the seam between. */
import { left, right } from './look.ts'
import type { Wall } from './rows.ts'
import { box, n } from './shapes.ts'

export interface Region {
  wall: Wall
  from: number
  to: number
}

/** Joins rows of one wall; rows without one stand on the plain ground. */
export function regionsOf(rows: readonly { wall: Wall; y: number; height: number }[]): Region[] {
  const regions: Region[] = []
  for (const { wall, y, height } of rows) {
    const last = regions.at(-1)
    if (last !== undefined && last.wall === wall && wall !== 'seam' && last.to === y) last.to = y + height
    else regions.push({ wall, from: y, to: y + height })
  }
  return regions.filter(({ wall }) => wall !== 'none')
}

const dashed = (x: number, from: number, to: number): string =>
  `<path class="wallOpen" d="M${n(x)} ${n(from)}V${n(to)}"/>`
const filled = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"/>`

/** `afterOpen`: what stood above the seam; TLS from the first octet has no amber. */
export function drawRegion({ wall, from, to }: Region, afterOpen: boolean): string {
  const height = to - from
  if (wall === 'open') {
    return (
      box(left, from, right - left, height, 'inOpen') +
      filled(left - 13, from, 9, height, 'url(#hatch)') + filled(right + 4, from, 9, height, 'url(#hatch)') +
      dashed(left - 0.75, from, to) + dashed(right + 0.75, from, to)
    ) // prettier-ignore
  }
  const seam = wall === 'seam' && afterOpen
  const ground = seam
    ? filled(left, from, right - left, height, 'url(#seamIn)')
    : box(left, from, right - left, height, 'inSealed')
  const paint = seam ? 'url(#seam)' : '#8c6be0'
  return ground + filled(left - 3, from, 3, height, paint) + filled(right, from, 3, height, paint)
}
