/**
 * Owns: writing past the system's cache (O_DIRECT of open(2)). A large mail is read once or never: in the cache it would take
 * a page of memory for each 4 KiB, which costs more than all else that is done for it, and push out what others need. Then
 * its sync has the last block left to write at most, and hardly holds up anybody.
 *
 * Such writes are of whole blocks from memory that begins on a page. Where a system wants something else, it says so, and the
 * file is written in the ordinary way.
 */
import { constants } from 'node:fs'

/** Octets that writes of this kind are multiples of: no disk or file system in use has larger blocks. */
export const blockSize = 4096
const roomSize = 256 * 1024

/** For `open`; 0 where the system has no such flag. */
export const pastCache = process.platform === 'linux' ? constants.O_DIRECT : 0

let made: Uint8Array | undefined
/** V8 reserves whole pages for a buffer that may be resized, so this one begins with one. */
const room = (): Uint8Array =>
  (made ??= new Uint8Array(new ArrayBuffer(roomSize, { maxByteLength: roomSize })))

/** What a system says that cannot write in this way; which of them is up to the file system. */
export const refusals: ReadonlySet<string> = new Set(['EINVAL', 'EOPNOTSUPP', 'ENOTSUP'])

/**
 * Hands `bytes` to `write` block by block, the last one filled up with zeros; `write` answers with the octets it wrote. Ends
 * early where that is a part of a block, as on a disk that is nearly full: what is left is for ordinary writes.
 */
export function writeBlocks(bytes: Uint8Array, write: (blocks: Uint8Array) => number): void {
  const whole = Math.ceil(bytes.byteLength / blockSize) * blockSize
  for (let at = 0; at < whole;) {
    const part = bytes.subarray(at, at + roomSize)
    const blocks = room().subarray(0, Math.min(roomSize, whole - at))
    blocks.set(part)
    blocks.fill(0, part.byteLength)
    const written = write(blocks)
    if (written <= 0 || written % blockSize !== 0) return
    at += written
  }
}
