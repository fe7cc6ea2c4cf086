/** Owns: following something once although several parts of the page want it. */

interface Followed {
  users: number
  stop: () => void
}
const followed = new WeakMap<object, Map<string, Followed>>()

/** `start` runs for the first user of this name with this owner; its answer runs when the last has stopped. */
export function followShared(owner: object, name: string, start: () => () => void): () => void {
  const names = followed.get(owner) ?? new Map<string, Followed>()
  followed.set(owner, names)
  const entry = names.get(name) ?? { users: 0, stop: start() }
  entry.users++
  names.set(name, entry)
  let stopped = false
  return () => {
    if (stopped) return
    stopped = true
    if (--entry.users > 0) return
    names.delete(name)
    entry.stop()
  }
}
