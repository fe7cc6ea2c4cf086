/**
 * Owns: removing the files of contents whose rows are gone. A trigger notes their names, whoever removes the row
 * (schema.ts). A file goes only when the removal of its row is on the disk: a message whose removal a crash undoes must
 * find its content. Its name is struck out when the file has gone, so that a crash between leaves nothing for good.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentFolder } from './contentFolder.ts'

/** Names taken from the table at once. */
const atOnce = 32

export class GoneFiles {
  readonly #folder: ContentFolder
  readonly #choose
  readonly #strike
  /** The table may have names that were not chosen yet. */
  #noted = true
  #chosen: string[] = []
  /** The removal of their rows is on the disk. */
  #ready: string[] = []
  /** The files are gone, their names are still in the table. */
  #unlinked: string[] = []
  #struck = 0

  constructor(db: DatabaseSync, folder: ContentFolder) {
    this.#folder = folder
    // What could not be removed by the last program is tried once more.
    db.exec('UPDATE filesGone SET chosen = 0 WHERE chosen = 1')
    // The column is there for the change: a commit that changes nothing is not synced.
    this.#choose = db.prepare(
      `UPDATE filesGone SET chosen = 1 WHERE file IN (SELECT file FROM filesGone WHERE chosen = 0 LIMIT ${atOnce}) RETURNING file`,
    )
    this.#strike = db.prepare('DELETE FROM filesGone WHERE file = ?')
  }

  /** A row with a file was removed. */
  note(): void {
    this.#noted = true
  }

  /** A commit that is synced is needed to go on. */
  get wantsSync(): boolean {
    return this.#noted && this.#ready.length === 0
  }

  get isDone(): boolean {
    return !this.#noted && this.#ready.length === 0 && this.#unlinked.length === 0
  }

  /** At the end of a transaction. `synced`: its commit brings all removals so far to the disk. */
  prepare(synced: boolean): void {
    for (const name of this.#unlinked) this.#strike.run(name)
    this.#struck = this.#unlinked.length
    if (!synced || !this.wantsSync) return
    this.#chosen = this.#choose.all().map((row) => String(row['file']))
  }

  committed(synced: boolean): void {
    this.#unlinked = this.#unlinked.slice(this.#struck)
    this.#struck = 0
    if (!synced || !this.wantsSync) return
    this.#ready = this.#chosen
    this.#noted = this.#chosen.length === atOnce
    this.#chosen = []
  }

  rolledBack(): void {
    this.#struck = 0
    this.#chosen = []
  }

  /** Outside a transaction: removes files for about so many milliseconds. */
  unlink(ms: number): void {
    if (this.#ready.length === 0) return
    const until = performance.now() + ms
    do {
      const name = this.#ready.shift()!
      // One that another program has open stays in the table until the next start.
      if (this.#folder.unlink(name)) this.#unlinked.push(name)
    } while (this.#ready.length > 0 && performance.now() < until)
  }
}
