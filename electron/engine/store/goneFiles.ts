/**
 * Owns: removing the files of contents whose rows are gone. A trigger notes their names, whoever removes the row
 * (schema.ts). A file goes only when the removal of its row is on the disk: a message whose removal a crash undoes must
 * find its content. Its name is struck out when the file has gone, so that a crash between leaves nothing for good.
 *
 * And removing the files of half contents that were given up: a thousand clients may go at once, and the mail of the others
 * is not to wait for all of it.
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
  /** Files that never had a row. */
  #dropped: string[] = []

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

  /** A file that no row names: nothing has to be on the disk before it goes. */
  drop(name: string): void {
    this.#dropped.push(name)
  }

  /** A commit that is synced is needed to go on. */
  get wantsSync(): boolean {
    return this.#noted && this.#ready.length === 0
  }

  get isDone(): boolean {
    return !this.#noted && [this.#ready, this.#unlinked, this.#dropped].every(({ length }) => length === 0)
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
    const until = performance.now() + ms
    let name: string | undefined
    do {
      name = this.#ready.shift()
      // One that another program has open stays in the table until the next start.
      if (name !== undefined && this.#folder.unlink(name)) this.#unlinked.push(name)
      if (name === undefined) name = this.#dropOne()
    } while (name !== undefined && performance.now() < until)
  }

  /** Removes what would else wait for the next start. */
  close(): void {
    while (this.#dropOne() !== undefined);
  }

  #dropOne(): string | undefined {
    const name = this.#dropped.pop()
    // What cannot be removed now is removed after the next start (strayFiles.ts).
    if (name !== undefined) this.#folder.unlink(name)
    return name
  }
}
