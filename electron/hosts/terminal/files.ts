/** Owns: reading and writing the files that options name. What cannot be done is told with option, path and remedy. */
import { createReadStream } from 'node:fs'
import { access, constants, open, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a person gave cannot be used; the message names option, value and remedy. */
export class GivenError extends Error {}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file or folder. Check the path.',
  EACCES: 'this user may not do that. Change its permissions, or name another.',
  EPERM: 'this user may not do that. Change its permissions, or name another.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOTDIR: 'a part of the path is a file, not a folder. Check the path.',
  EROFS: 'the disk may not be written. Name a file elsewhere.',
  ENOSPC: 'the disk is full. Free some space, or name a file elsewhere.',
  EDQUOT: 'the disk is full. Free some space, or name a file elsewhere.',
}

/** As `--ca /x cannot be read: there is no such file or folder. Check the path.` `given` names option and path. */
export function fileProblem(given: string, deed: 'read' | 'written', error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = reasons[code] ?? (error instanceof Error ? error.message : String(error))
  return `${given} cannot be ${deed}: ${why}`
}

/** Octets of the file that an option names. Throws GivenError. */
export async function readGiven(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new GivenError(fileProblem(`${option} ${path}`, 'read', error))
  }
}

/**
 * Octets of the file that an option names, `most` at most: a device or a pipe may have no end. `words` say how much that
 * is. Throws GivenError.
 */
export async function readGivenUpTo(
  option: string,
  path: string,
  most: number,
  words: string,
): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of createReadStream(path, { end: most })) {
      if (!Buffer.isBuffer(piece)) continue
      pieces.push(piece)
      size += piece.length
    }
  } catch (error) {
    throw new GivenError(fileProblem(`${option} ${path}`, 'read', error))
  }
  if (size > most) throw new GivenError(`${option} ${path}: it is larger than ${words}. Name a smaller file.`)
  return Buffer.concat(pieces)
}

/** Text of the file that an option names. Throws GivenError. */
export const readGivenText = async (option: string, path: string): Promise<string> =>
  (await readGiven(option, path)).toString('utf8')

/**
 * Asks, before anything is done that cannot be done twice, whether the file could be written; it is not touched. Throws
 * GivenError. A disk may still be full later.
 */
export async function checkWritable(option: string, path: string): Promise<void> {
  try {
    const found = await stat(path).catch(ignoreMissing)
    if (found?.isDirectory() === true) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
    await access(found === null ? dirname(path) : path, constants.W_OK)
  } catch (error) {
    throw new GivenError(fileProblem(`${option} ${path}`, 'written', error))
  }
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** A new file is for its owner only, for it may hold mail; one that was there keeps who may read it. Throws GivenError. */
export async function writeGiven(option: string, path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { mode: 0o600 })
  } catch (error) {
    throw new GivenError(fileProblem(`${option} ${path}`, 'written', error))
  }
}

/** Writes a private key: a file that was there is taken from all others before the key is in it. Throws GivenError. */
export async function writeKey(option: string, path: string, key: string): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600)
    try {
      // A device or a pipe has no owner of ours, and Windows no such modes.
      const found = await file.stat()
      if (found.isFile() && (found.mode & 0o077) !== 0 && process.platform !== 'win32')
        await file.chmod(0o600)
      await file.writeFile(key)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new GivenError(fileProblem(`${option} ${path}`, 'written', error))
  }
}
