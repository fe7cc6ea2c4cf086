/** Owns: which ways took a message when they were tried last, and which failed. Bounded; those of long ago are forgotten first. */
import type { Standing } from './slots.ts'

const mostRemembered = 20_000

export class WayMemory {
  readonly #known = new Map<string, Exclude<Standing, 'unknown'>>()

  of(key: string): Standing {
    return this.#known.get(key) ?? 'unknown'
  }

  note(key: string, standing: Exclude<Standing, 'unknown'>): void {
    this.#known.delete(key)
    this.#known.set(key, standing)
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value ?? '')
  }
}
