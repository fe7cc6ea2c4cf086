/**
 * Owns: removing files that no row names, once after a start: contents that were being received when the program was
 * killed. A few names at a time, while nobody is waiting; what has not the name of a content is not ours.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentFiles } from './contentFiles.ts'
import { isContentName } from './contentFolder.ts'

const namesAtOnce = 256

export class StrayFiles {
  readonly #files: ContentFiles
  readonly #known
  /** Null when all were looked at. */
  #names: Generator<string> | null

  constructor(db: DatabaseSync, files: ContentFiles) {
    this.#files = files
    this.#names = files.folder.names()
    // Those whose rows were removed have their own way (goneFiles.ts).
    this.#known = db.prepare(
      'SELECT EXISTS (SELECT 1 FROM contents WHERE file = ?1) OR EXISTS (SELECT 1 FROM filesGone WHERE file = ?1) AS known',
    )
  }

  /** Outside a transaction, for about so many milliseconds; false when nothing is left to look at. */
  step(ms: number): boolean {
    if (this.#names === null) return false
    const until = performance.now() + ms
    const received = this.#files.names
    for (let looked = 0; looked < namesAtOnce && performance.now() < until; looked++) {
      const { value, done } = this.#names.next()
      if (done === true) {
        this.#names = null
        return false
      }
      if (isContentName(value) && !received.has(value) && this.#known.get(value)?.['known'] === 0)
        this.#files.folder.unlink(value)
    }
    return true
  }

  /** Lets go of the folder. */
  close(): void {
    this.#names?.return(undefined)
    this.#names = null
  }
}
