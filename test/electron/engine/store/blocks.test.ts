import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blockSize, pastCache, writeBlocks } from '#engine/store/blocks.ts'
import { pattern, systemError, temporaryFolder } from './support.ts'

/** Takes at most `most` octets a time. */
function taking(most = Infinity) {
  const taken: Uint8Array[] = []
  const write = (blocks: Uint8Array): number => {
    const part = blocks.slice(0, most)
    taken.push(part)
    return part.byteLength
  }
  return { taken, write }
}

it.each([1, blockSize - 1, blockSize, blockSize + 1, 256 * 1024, 256 * 1024 + 1, 700_001])(
  'writes %i octets as whole blocks, filled up with zeros whatever stood there before',
  (size) => {
    writeBlocks(new Uint8Array(256 * 1024).fill(0xff), taking().write)
    const bytes = pattern(size)
    const { taken, write } = taking()
    writeBlocks(bytes, write)
    const whole = Buffer.concat(taken)
    expect([whole.length % blockSize, whole.length - size < blockSize]).toEqual([0, true])
    expect(Buffer.compare(whole, Buffer.concat([bytes, new Uint8Array(whole.length - size)]))).toBe(0)
    expect(taken.every(({ byteLength }) => byteLength % blockSize === 0)).toBe(true)
  },
)

const full = () => {
  throw systemError('ENOSPC')
}

it('goes on behind the blocks that a disk took, and leaves the rest at a part of one', () => {
  const bytes = pattern(5 * blockSize - 7)
  const { taken, write } = taking(2 * blockSize)
  writeBlocks(bytes, write)
  expect(taken.map(({ byteLength }) => byteLength / blockSize)).toEqual([2, 2, 1])
  expect(Buffer.compare(Buffer.concat(taken).subarray(0, bytes.length), bytes)).toBe(0)
  for (const most of [0, 100, blockSize + 512]) {
    const part = taking(most)
    writeBlocks(bytes, part.write)
    expect(part.taken.map(({ byteLength }) => byteLength)).toEqual([most])
  }
  expect(() => writeBlocks(bytes, full)).toThrow('ENOSPC')
})

it.runIf(process.platform === 'linux')('has memory that a file system takes blocks from', () => {
  const path = join(temporaryFolder(), 'file')
  let fd: number
  try {
    fd = openSync(path, constants.O_CREAT | constants.O_WRONLY | pastCache)
  } catch (error) {
    // Not every file system can do it; then the flag is refused, and no memory is to blame.
    expect(error).toMatchObject({ code: 'EINVAL' })
    return
  }
  expect(pastCache).toBe(constants.O_DIRECT)
  const bytes = pattern(3 * blockSize)
  writeBlocks(bytes, (blocks) => writeSync(fd, blocks))
  closeSync(fd)
  expect(Buffer.compare(readFileSync(path), bytes)).toBe(0)
})
