/** Owns: a queue of any length without moving what is in it at each step; and taking one item out of a list. */
export class Fifo<T> {
  #items: T[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  get first(): T | undefined {
    return this.#items[this.#head]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    const item = this.#items[this.#head]
    if (this.#head < this.#items.length) this.#head++
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  /** All of it; then it is empty. */
  takeAll(): T[] {
    const all = this.#items.slice(this.#head)
    this.#items = []
    this.#head = 0
    return all
  }
}

/** The one that is the same object, where it is there. */
export function removeFrom<T>(from: T[], item: T): void {
  const at = from.indexOf(item)
  if (at >= 0) from.splice(at, 1)
}
