/**
 * Owns: showing a list that is higher than a browser can scroll. Past some ten million pixels positions are rounded
 * (drawing counts in 32-bit floats) and past 33 million the element is cut. So the scrolled element keeps below a
 * limit, and its place is mapped to the list's: one to one near both ends, compressed between. A small movement moves
 * the list by as much wherever it is; a large one, as of the scroll bar, goes to the mapped place.
 */

/** Pixels of the scrolled element at most. */
export const mostPixels = 8_000_000
/** Pixels at each end that are mapped one to one. */
const edge = 1_000_000

/** Height of the element for a list of `total` pixels. */
export const elementHeight = (total: number): number => Math.min(total, mostPixels)

/** Place in the list -> place in the element. */
export function toElement(y: number, total: number): number {
  if (total <= mostPixels || y <= edge) return y
  if (y >= total - edge) return mostPixels - (total - y)
  return edge + ((y - edge) * (mostPixels - 2 * edge)) / (total - 2 * edge)
}

/** Place in the element -> place in the list. */
export function toList(place: number, total: number): number {
  if (total <= mostPixels || place <= edge) return place
  if (place >= mostPixels - edge) return total - (mostPixels - place)
  return edge + ((place - edge) * (total - 2 * edge)) / (mostPixels - 2 * edge)
}

export class ScrollMap {
  #total = 0
  #top = 0
  #place = 0

  /** Where the list begins to be seen. */
  get top(): number {
    return this.#top
  }

  /** To be added to a place in the list, for where it is drawn in the element. */
  get shift(): number {
    return this.#place - this.#top
  }

  /** The list has this height now. What is seen stays where it is. */
  resize(total: number): void {
    this.#total = total
  }

  /** The element was scrolled by a person to `place`; `step` pixels and less count as a small movement. */
  scrolled(place: number, step: number): void {
    const moved = place - this.#place
    const near = Math.abs(moved) <= step && this.#total > mostPixels
    const inMiddle = place > edge / 2 && place < mostPixels - edge / 2
    this.#top = near && inMiddle ? this.#top + moved : toList(place, this.#total)
    this.#place = place
  }

  /** Goes to a place in the list; answers with where the element has to be scrolled. */
  goTo(top: number): number {
    this.#top = top
    this.#place = Math.round(toElement(top, this.#total))
    return this.#place
  }
}
