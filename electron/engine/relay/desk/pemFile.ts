/**
 * Owns: a PEM file that rules name: read, bounded, and never repeated in a message. Where it cannot be read, the words
 * follow its path.
 */
import { constants, open } from 'node:fs/promises'
import { isAbsolute } from 'node:path'

/** Octets. */
const largest = 262_144

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'this user may not read it; change its permissions',
  EPERM: 'this user may not read it; change its permissions',
}

/** Its text, or why it cannot be read; `holds` is what it should hold. A pipe or a device could have no end, or wait forever. */
export async function readPemFile(
  path: string,
  holds: string,
): Promise<{ pem: string } | { missing: boolean; words: string }> {
  if (!isAbsolute(path))
    return { missing: false, words: 'is no whole path; write it from the root, as /etc/ssl/mail.pem' }
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const found = await file.stat()
      if (!found.isFile()) return { missing: false, words: 'is no file; name one in PEM' }
      if (found.size > largest)
        return { missing: false, words: `is larger than 256 KB; name one with ${holds}` }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(largest), 0, largest, 0)
      return { pem: buffer.toString('latin1', 0, bytesRead) }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { missing: true, words: `cannot be read: ${reasons[code] ?? code}` }
  }
}
