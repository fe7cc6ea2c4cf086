import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pastCache } from '#engine/store/blocks.ts'
import { ContentFiles } from '#engine/store/contentFiles.ts'
import { type Disk, nodeDisk } from '#engine/store/contentFolder.ts'
import { type HalfFile, HalfFiles } from '#engine/store/halfFiles.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { contents, octets, pattern, systemError, text } from './support.ts'

/** `synced` and `open` name files; a sync of a file in `failing` fails. On a file system that is `direct`, or on an ordinary one. */
function setUp(most: number, kind: 'direct' | 'ordinary' = 'ordinary') {
  const open = new Map<number, string>()
  const synced: string[] = []
  const failing = new Set<string>()
  let mostOpen = 0
  const disk: Disk = {
    ...nodeDisk,
    open: (path, flags, mode) => {
      if (kind === 'ordinary' && (flags & pastCache) !== 0) throw systemError('EINVAL')
      const fd = nodeDisk.open(path, flags, mode)
      open.set(fd, path)
      mostOpen = Math.max(mostOpen, open.size)
      return fd
    },
    sync: (fd) => {
      const path = open.get(fd)!
      if (failing.has(path)) throw systemError('EIO')
      synced.push(path)
      nodeDisk.sync(fd)
    },
    close: (fd) => {
      open.delete(fd)
      nodeDisk.close(fd)
    },
  }
  const folder = contents(disk)
  folder.close(folder.create().fd)
  for (const name of folder.names()) folder.unlink(name)
  synced.length = 0
  mostOpen = 0
  const half = new HalfFiles(folder, most)
  const path = ({ name }: HalfFile): string => folder.pathOf(name)
  return { folder, half, open, synced, failing, path, mostOpen: () => mostOpen }
}

it('closes the one written least lately, synced, and appends to it when more comes', () => {
  const { half, open, synced, path, mostOpen } = setUp(2)
  const [first, second] = [half.create(), half.create()]
  half.write(first, octets('1a'))
  half.write(second, octets('2a'))
  half.write(first, octets('1b'))
  const third = half.create()
  expect([...open.values()]).toEqual([first, third].map(path))
  expect(synced).toEqual([path(second)])
  half.write(second, octets('2b'))
  expect([...open.values()].toSorted()).toEqual([third, second].map(path).toSorted())
  half.sync(first)
  for (const file of [first, second, third]) half.close(file)
  expect([open.size, mostOpen()]).toEqual([0, 2])
  expect([first, second, third].map((file) => readFileSync(path(file), 'latin1'))).toEqual(['1a1b', '2a2b', '']) // prettier-ignore
})

it('tells a sync that failed before closing to the file itself, and to no other', () => {
  const { half, open, failing, path } = setUp(1)
  const first = half.create()
  half.write(first, octets('a'))
  failing.add(path(first))
  const second = half.create()
  half.write(second, octets('b'))
  expect([...open.values()]).toEqual([path(second)])
  failing.clear()
  expect(() => half.write(first, octets('a'))).toThrow('could not be read or written')
  expect(() => half.sync(first)).toThrow('could not be read or written')
  half.sync(second)
  half.close(first)
  half.close(second)
  expect(open.size).toBe(0)
})

it('syncs a huge one each 32 MiB, so that its end is no long wait', () => {
  const { half, synced } = setUp(2)
  const file = half.create()
  const piece = new Uint8Array(8 << 20)
  for (let i = 0; i < 9; i++) half.write(file, piece)
  expect([synced.length, file.synced]).toEqual([2, 64 << 20])
  half.close(file)
})

const spoilt: [string, (path: string) => void, string][] = [
  ['gone', (path) => rmSync(path), 'ENOENT'],
  ['cut', (path) => truncateSync(path, 3), 'has 3 octets where 5 were written'],
  ['grown', (path) => writeFileSync(path, 'longer than it was'), 'has 18 octets where 5 were written'],
  ['a link', (path) => { rmSync(path); symlinkSync('/dev/null', path) }, 'ELOOP'],
  ['a FIFO', (path) => { rmSync(path); execFileSync('mkfifo', [path]) }, 'ENXIO'],
] // prettier-ignore
it.skipIf(process.platform === 'win32').each(spoilt)('does not go on with a file that is %s when it is opened again', (_, spoil, words) => {
  const { half, open, path } = setUp(1)
  const first = half.create()
  half.write(first, octets('first'))
  half.create()
  spoil(path(first))
  expect(() => half.write(first, octets('more'))).toThrow(words)
  expect(open.size).toBe(0)
}) // prettier-ignore

it('keeps every octet of contents that come in turn, more of them than may be open', () => {
  const { folder, half, open, mostOpen } = setUp(2)
  const files = new ContentFiles(folder, undefined, half)
  const writers = [1, 2, 3, 4, 5]
  for (let seed = 1; seed <= 4; seed++) {
    for (const writer of writers) files.piece({ type: 'chunk', writer, session: 's', body: writer, bytes: pattern(chunkSize, writer + seed) }) // prettier-ignore
  }
  for (const writer of writers) {
    const { file, size } = files.whole({ writer, bytes: octets(`end ${writer}`) }, true)
    const whole = Buffer.concat([1, 2, 3, 4].map((seed) => pattern(chunkSize, writer + seed)).concat(octets(`end ${writer}`))) // prettier-ignore
    expect(Buffer.compare(folder.read(file!, size, 0, size, 's'), whole)).toBe(0)
    expect(text(folder.read(file!, size, size - 1, size, 's'))).toBe(String(writer))
  }
  expect([open.size, mostOpen(), readdirSync(join(folder.pathOf('0'.repeat(32)), '..')).length]).toEqual([0, 2, 5]) // prettier-ignore
})

/** What does to a disk's writes what a system may do; `direct`: whether this one is past the cache. */
type Trick = (write: () => number, bytes: Uint8Array, direct: boolean) => number

it.runIf(pastCache !== 0)('writes past the cache as long as whole chunks come', () => {
  const { folder, half } = setUp(2, 'direct')
  const file = half.create()
  const { fd } = file
  half.write(file, pattern(chunkSize))
  half.write(file, pattern(chunkSize, 2))
  expect([file.direct, file.fd]).toEqual([true, fd])
  half.write(file, pattern(5000, 3))
  expect([file.direct, file.fd, file.size]).toEqual([true, fd, 2 * chunkSize + 5000])
  half.close(file)
  const whole = Buffer.concat([pattern(chunkSize), pattern(chunkSize, 2), pattern(5000, 3)])
  expect(Buffer.compare(folder.read(file.name, file.size, 0, file.size, 's'), whole)).toBe(0)
}) // prettier-ignore

let tried = 0
const tricks: [string, Trick][] = [
  ['plays no trick', (write) => write()],
  ['refuses blocks', (write, _, direct) => { if (direct) throw systemError('EINVAL'); return write() }],
  ['refuses blocks from the second on', (write, _, direct) => { if (direct && ++tried > 1) throw systemError('EOPNOTSUPP'); return write() }],
] // prettier-ignore
it.each(tricks)('appends in the ordinary way what comes behind a part of a block, on a disk that %s', (_, trick) => {
  tried = 0
  const { path, half: other } = setUp(2)
  const into = join(path(other.create()), '..')
  const folder = contents({
    ...nodeDisk,
    // A part of a block may follow here, which a real one would refuse.
    open: (at, flags, mode) => nodeDisk.open(at, flags & ~pastCache, mode),
    write: (fd, bytes, from) => trick(() => nodeDisk.write(fd, bytes, from), bytes, bytes.buffer instanceof ArrayBuffer && bytes.buffer.resizable),
  }, into)
  const half = new HalfFiles(folder)
  const parts = [pattern(chunkSize), pattern(5000, 2), pattern(chunkSize, 3), octets('end')]
  const file = half.create()
  for (const part of parts) half.write(file, part)
  half.sync(file)
  expect([file.direct, file.size, file.synced]).toEqual([false, 2 * chunkSize + 5003, 2 * chunkSize + 5003])
  half.close(file)
  expect(Buffer.compare(folder.read(file.name, file.size, 0, file.size, 's'), Buffer.concat(parts))).toBe(0)
}) // prettier-ignore

it('finishes what a disk took a part of a block of, and says what is wrong with it then', () => {
  let room = 100_000
  const folder = contents({
    ...nodeDisk,
    open: (at, flags, mode) => nodeDisk.open(at, flags & ~pastCache, mode),
    write: (fd, bytes, from) => {
      if (room === 0) throw systemError('ENOSPC')
      const took = nodeDisk.write(fd, bytes.subarray(0, from + room), from)
      room -= took
      return took
    },
  })
  const half = new HalfFiles(folder)
  const file = half.create()
  expect(() => half.write(file, pattern(chunkSize))).toThrow('The disk is full.')
  half.close(file)
  room = chunkSize + 70_001
  const other = half.create()
  half.write(other, pattern(chunkSize))
  half.write(other, pattern(70_001, 2))
  half.close(other)
  expect(Buffer.compare(folder.read(other.name, other.size, 0, other.size, 's'), Buffer.concat([pattern(chunkSize), pattern(70_001, 2)]))).toBe(0)
}) // prettier-ignore
