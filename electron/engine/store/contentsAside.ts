/**
 * Owns: moving the folder of large contents out of the way together with its database. A database that is begun anew finds
 * no files of another one: it would take them for strays and remove them.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { contentsBeside, isContentName, kindOf, systemCode } from './contentFolder.ts'

/**
 * With access for the owner only, whoever made it. What a link leads to may be somebody else's, and stays as it is; answers
 * with what the user should know of that.
 */
export function closeToOthers(database: string): string[] {
  const folder = contentsBeside(database)
  const kind = folder === null ? null : kindOf(folder)
  if (folder === null || kind === null) return []
  if (kind === 'link') return [`${folder} is a link. Large messages are kept where it leads; files that are left over there are not removed.`] // prettier-ignore
  if (kind === 'other')
    return [`${folder} is no folder. Large messages cannot be kept until it is moved away.`]
  chmodSync(folder, 0o700)
  return []
}

/** What a rename answers with for a mount point, or where another program has a file of the folder open. */
const held = new Set(['EBUSY', 'EXDEV', 'EPERM', 'EACCES'])

/**
 * Renames the folder, or what has its name, to `as`; where it cannot be moved, its files go into a folder in it. Answers
 * with where they are now; null when there was nothing.
 */
export function setContentsAside(database: string, as: string, rename = renameSync): string | null {
  const folder = contentsBeside(database)
  if (folder === null || !existsSync(folder)) return null
  if (statSync(folder).isDirectory() && readdirSync(folder).length === 0) return null
  try {
    rename(folder, as)
    return as
  } catch (error) {
    if (!held.has(systemCode(error))) throw error
  }
  // No name of a content: the cleaning passes it over.
  const inside = join(folder, basename(as))
  const names = readdirSync(folder).filter(isContentName)
  if (names.length === 0) return null
  mkdirSync(inside, { mode: 0o700 })
  for (const name of names) rename(join(folder, name), join(inside, name))
  return inside
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
