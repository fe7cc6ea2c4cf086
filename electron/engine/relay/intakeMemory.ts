/**
 * Owns: how many octets of messages that are coming in stand in memory at once, over all clients. What finds no room is not
 * kept for the first try, and read back from the store instead.
 */
export interface Memory {
  /** True: `octets` more are taken; whoever took them gives them back. */
  take(octets: number): boolean
  /** Takes them in any case: a header has to be read, and this much of one is always. */
  force(octets: number): void
  give(octets: number): void
  readonly used: number
}

export function createMemory(most: number): Memory {
  let used = 0
  return {
    take(octets) {
      if (used + octets > most) return false
      used += octets
      return true
    },
    force(octets) {
      used += octets
    },
    give(octets) {
      used -= octets
    },
    get used() {
      return used
    },
  }
}
