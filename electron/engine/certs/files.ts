/**
 * Owns: key and certificate files on disk. A reader sees the whole old file or the whole new one, never half a file,
 * also after a crash; keys are readable by their owner only.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export const keyMode = 0o600
export const certMode = 0o644

/** Write, sync, rename: atomic on every file system that renames atomically. */
export async function writeAtomically(path: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`
  try {
    const file = await open(beside, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** The file's text; null when it does not exist. More than `limit` octets cannot be a certificate and is refused. */
export async function readSmall(path: string, limit = 256 << 10): Promise<string | null> {
  try {
    const { size } = await stat(path)
    if (size > limit) return ''
    return await readFile(path, 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Takes access to a key away from group and others; true when that was needed. Modes mean nothing on Windows. */
export async function tightenKey(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  const { mode } = await stat(path)
  if ((mode & 0o077) === 0) return false
  await chmod(path, keyMode)
  return true
}
