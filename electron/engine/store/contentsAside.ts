/**
 * Owns: moving the folder of large contents out of the way together with its database. A database that is begun anew finds
 * no files of another one: it would take them for strays and remove them.
 */
import { chmodSync, existsSync, readdirSync, renameSync } from 'node:fs'
import { contentsBeside } from './contentFolder.ts'

/** With access for the owner only, whoever made it. */
export function closeToOthers(database: string): void {
  const folder = contentsBeside(database)
  if (folder !== null && existsSync(folder)) chmodSync(folder, 0o700)
}

/** Renames the folder to `as`; answers with whether there was one with anything in it. */
export function setContentsAside(database: string, as: string): boolean {
  const folder = contentsBeside(database)
  if (folder === null || !existsSync(folder) || readdirSync(folder).length === 0) return false
  renameSync(folder, as)
  return true
}

/** Undoes it, so that a start that failed leaves all where it was. */
export function putContentsBack(database: string, from: string): void {
  const folder = contentsBeside(database)
  if (folder === null || existsSync(folder)) return
  try {
    renameSync(from, folder)
  } catch {
    // Why the start failed says more; nothing is lost where they are.
  }
}
