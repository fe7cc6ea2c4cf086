/**
 * Owns: what an import has sent to the store and not heard of yet. It is waited for together: what is sent in one turn
 * shares one sync of the disk, and thousands of short sessions would otherwise take two syncs each.
 */

/** Writes, and characters or octets of them, that may be under way. */
const most = { writes: 2048, size: 4 << 20 }

export class ImportWrites {
  #writes = 0
  #size = 0
  #failed: { error: unknown } | undefined
  #waiting: (() => void)[] = []

  add(write: Promise<unknown>, size: number): void {
    this.#writes++
    this.#size += size
    void this.#follow(write, size)
  }

  /** There is room for more. Throws what the first write that failed failed with. */
  room(): Promise<void> {
    return this.#until(() => this.#writes < most.writes && this.#size < most.size)
  }

  /** All of them are on the disk. Throws the same. */
  all(): Promise<void> {
    return this.#until(() => this.#writes === 0)
  }

  async #until(enough: () => boolean): Promise<void> {
    while (this.#failed === undefined && !enough())
      await new Promise<void>((done) => this.#waiting.push(done))
    if (this.#failed !== undefined) throw this.#failed.error
  }

  async #follow(write: Promise<unknown>, size: number): Promise<void> {
    try {
      await write
    } catch (error) {
      this.#failed ??= { error }
    }
    this.#writes--
    this.#size -= size
    this.#wake()
  }

  #wake(): void {
    for (const done of this.#waiting.splice(0)) done()
  }
}
