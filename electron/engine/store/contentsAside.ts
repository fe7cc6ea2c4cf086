/**
 * Owns: moving the folder of large contents out of the way together with its database. A database that is begun anew finds
 * no files of another one: it would take them for strays and remove them.
 */
import { chmodSync, existsSync, readdirSync, renameSync } from 'node:fs'
import { contentsBeside, isLink } from './contentFolder.ts'

/**
 * With access for the owner only, whoever made it. What a link leads to may be somebody else's, and stays as it is; answers
 * with what the user should know of that.
 */
export function closeToOthers(database: string): string[] {
  const folder = contentsBeside(database)
  if (folder === null || !existsSync(folder)) return []
  if (isLink(folder)) return [`${folder} is a link. Large messages are kept where it leads; files that are left over there are not removed.`] // prettier-ignore
  chmodSync(folder, 0o700)
  return []
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
