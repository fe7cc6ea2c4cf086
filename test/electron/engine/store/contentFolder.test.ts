import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pastCache } from '#engine/store/blocks.ts'
import { contentsBeside, ContentFolder, isContentName, LostContent } from '#engine/store/contentFolder.ts'
import { contents, faultyDisk, octets, pattern, systemError, temporaryFolder, text } from './support.ts'

const name = '0123456789abcdef0123456789abcdef'

it('has no names where something else stands in its place', () => {
  const path = join(temporaryFolder(), 'contents')
  const names = (): string[] => [...new ContentFolder(path).names()]
  expect(names()).toEqual([])
  writeFileSync(path, 'notes')
  expect(names()).toEqual([])
})

function filled(bytes: Uint8Array): { folder: ContentFolder; name: string; path: string } {
  const folder = contents()
  const file = folder.create()
  folder.write(file, bytes)
  folder.sync(file)
  folder.close(file.fd)
  folder.syncNames()
  return { folder, name: file.name, path: folder.pathOf(file.name) }
}

it('makes folder and files for their owner only, with names that say nothing', () => {
  const path = join(temporaryFolder(), 'data', 'contents')
  const folder = new ContentFolder(path)
  const [one, other] = [folder.create(), folder.create()]
  for (const { fd } of [one, other]) folder.close(fd)
  expect(statSync(path).mode & 0o777).toBe(0o700)
  expect(statSync(join(path, one.name)).mode & 0o777).toBe(0o600)
  expect(isContentName(one.name)).toBe(true)
  expect(one.name).not.toBe(other.name)
  expect([...folder.names()].toSorted()).toEqual([one.name, other.name].toSorted())
  expect(contentsBeside('/data/relayscope.db')).toBe('/data/contents')
})

it('makes the folder again when somebody has removed it', () => {
  const { folder, path } = filled(octets('a'))
  expect([folder.unlink(name), [...contents().names()]]).toEqual([true, []])
  const file = folder.create()
  folder.close(file.fd)
  expect(readdirSync(join(path, '..'))).toHaveLength(2)
})

it('brings its own name to the disk with the first names of each run, until that went well', () => {
  const { disk } = faultyDisk()
  const path = join(temporaryFolder(), 'contents')
  const opened = new Map<number, string>()
  const synced: string[] = []
  let fails = true
  const recording = {
    ...disk,
    open: (at: string, flags: number, mode: number) => {
      const fd = disk.open(at, flags, mode)
      opened.set(fd, at)
      return fd
    },
    sync: (fd: number) => {
      if (fails) throw systemError('EIO')
      synced.push(opened.get(fd)!)
    },
  }
  const run = (): ContentFolder => {
    const folder = contents(recording, path)
    folder.close(folder.create().fd)
    return folder
  }
  const first = run()
  expect(() => first.syncNames()).toThrow('could not be read or written')
  fails = false
  for (const folder of [first, first, run()]) folder.syncNames()
  expect(synced).toEqual([join(path, '..'), path, path, join(path, '..'), path])
})

it('follows no name that leads elsewhere', () => {
  const folder = contents()
  for (const strange of ['../relayscope.db', '', 'ABCDEF', `${name}/x`, `${name}\n`]) {
    expect(() => folder.pathOf(strange)).toThrow(LostContent)
    expect(() => folder.read(strange, 1, 0, 1, 's.1')).toThrow('is no name of a content')
    expect(folder.unlink(strange)).toBe(false)
  }
  expect(() => new ContentFolder(null).create()).toThrow('in memory')
})

it('writes all though the disk takes a part each time, and reads any range', () => {
  const { disk } = faultyDisk()
  const parts = { ...disk, write: (fd: number, bytes: Uint8Array, from: number) => disk.write(fd, bytes.subarray(0, from + 1000), from) } // prettier-ignore
  const folder = contents(parts)
  const whole = pattern(10_500)
  const file = folder.create()
  folder.write(file, whole)
  folder.close(file.fd)
  expect(Buffer.compare(readFileSync(folder.pathOf(file.name)), whole)).toBe(0)
  for (const [from, to] of [[0, 10_500], [0, 1], [999, 1001], [10_499, 10_500]] as const)
    expect(Buffer.compare(folder.read(file.name, 10_500, from, to, 's.1'), whole.subarray(from, to))).toBe(0)
}) // prettier-ignore

it('says in words what a system error means for a file', () => {
  const { disk, faults } = faultyDisk()
  const folder = contents(disk)
  const file = folder.create()
  const path = folder.pathOf(file.name)
  faults.write = systemError('ENOSPC')
  expect(() => folder.write(file, octets('a'))).toThrow(`${path}: The disk is full.`)
  faults.sync = systemError('EIO')
  expect(() => folder.sync(file)).toThrow(`${path}: The disk could not be read or written.`)
  faults.open = systemError('EMFILE')
  expect(() => folder.create()).toThrow('Too many files are open at once.')
  folder.close(file.fd)
  const none = contents({ ...disk, write: () => 0, open: () => 0 })
  expect(() => none.write({ name, fd: 0 }, octets('a'))).toThrow('nothing more could be written')
})

it('tells whose content is lost and where its file is: gone, short, long, a link, a folder', () => {
  const bytes = pattern(5000)
  const { folder, name: whole, path } = filled(bytes)
  const read = (of = whole): string => text(folder.read(of, 5000, 0, 10, 's.1'))
  expect(read()).toBe(text(bytes.subarray(0, 10)))
  const lost = `The content of s.1 is lost: its file ${path}`
  for (const size of [4999, 5001]) {
    truncateSync(path, size)
    expect(read).toThrow(`${lost} cannot be read (it has ${size} octets where 5000 were stored).`)
  }
  truncateSync(path, 5000)
  symlinkSync(path, folder.pathOf(name))
  expect(() => read(name)).toThrow(/lost: .*ELOOP/)
  const other = name.replace('0', 'f')
  expect(() => read(other)).toThrow(/lost: .*ENOENT/)
  mkdirSync(folder.pathOf(other))
  expect(() => read(other)).toThrow(/lost/)
  expect(() => read(other)).toThrow(expect.objectContaining({ code: 'corrupt' }))
})

it.skipIf(process.platform === 'win32')('waits for nobody where a FIFO is in place of the file', () => {
  const { folder, path, name: whole } = filled(octets('a'))
  rmSync(path)
  execFileSync('mkfifo', [path])
  expect(() => folder.read(whole, 1, 0, 1, 's.1')).toThrow(/s\.1 is lost: .*it is no file/)
}) // prettier-ignore

it('makes no file where anything has its name', () => {
  const folder = contents()
  const file = folder.create()
  folder.close(file.fd)
  const path = folder.pathOf(name)
  writeFileSync(join(temporaryFolder(), 'elsewhere'), 'x')
  symlinkSync('/dev/null', path)
  const { disk } = faultyDisk()
  let flags = 0
  const same = contents({ ...disk, open: (_path, given, mode) => disk.open(path, (flags = given), mode) })
  expect(() => same.create()).toThrow(/EEXIST/)
  expect(flags).toBeGreaterThan(0)
})

/** A disk that tells whether it was to be passed the cache, and refuses that with these codes, at once or at a write. */
function direct(refuse: { open?: string; write?: string } = {}) {
  const { disk, faults } = faultyDisk()
  const asked: boolean[] = []
  const watched = {
    ...disk,
    open: (path: string, flags: number, mode: number) => {
      asked.push((flags & pastCache) !== 0)
      const fd = disk.open(path, flags & ~pastCache, mode)
      if (refuse.open === undefined || (flags & pastCache) === 0) return fd
      disk.close(fd)
      throw systemError(refuse.open)
    },
    write: (fd: number, bytes: Uint8Array, from: number) => {
      if (refuse.write !== undefined) throw systemError(refuse.write)
      return disk.write(fd, bytes, from)
    },
  }
  return { folder: contents(watched), asked, faults }
}

it.runIf(pastCache !== 0)('writes past the cache where that is wished, and cuts off what filled the last block', () => {
  const { folder, asked } = direct()
  folder.close(folder.create().fd)
  const file = folder.create('direct')
  const whole = pattern(256 * 1024 + 5001)
  expect(folder.writeDirect(file, 0, whole.subarray(0, 256 * 1024))).toBe(256 * 1024)
  expect(folder.writeDirect(file, 256 * 1024, whole.subarray(256 * 1024))).toBe(5001)
  folder.close(file.fd)
  expect([file.direct, asked]).toEqual([true, [false, false, true]])
  expect(Buffer.compare(readFileSync(folder.pathOf(file.name)), whole)).toBe(0)
}) // prettier-ignore

it.runIf(pastCache !== 0).each(['EINVAL', 'EOPNOTSUPP'])('makes an ordinary file, and asks no more, where the file system refuses (%s)', (code) => {
  const { folder, asked } = direct({ open: code })
  const made = [folder.create('direct'), folder.create('direct')]
  for (const { fd, direct: is } of made) {
    folder.close(fd)
    expect(is).toBe(false)
  }
  // The first one before its folder is there.
  expect(asked).toEqual([true, true, false, false])
  expect([...folder.names()].toSorted()).toEqual(made.map(({ name: its }) => its).toSorted())
}) // prettier-ignore

it('takes nothing where a first write is refused, and asks no more', () => {
  const { folder } = direct({ write: 'EINVAL' })
  const file = folder.create('direct')
  expect(folder.writeDirect(file, 0, octets('a'))).toBe(0)
  const next = folder.create('direct')
  expect(next.direct).toBe(false)
  for (const { fd } of [file, next]) folder.close(fd)
})

it('throws what is wrong with the disk', () => {
  const { folder, faults } = direct()
  const file = folder.create('direct')
  faults.write = systemError('ENOSPC')
  expect(() => folder.writeDirect(file, 0, octets('a'))).toThrow('The disk is full.')
  delete faults.write
  faults.truncate = systemError('EIO')
  expect(() => folder.writeDirect(file, 0, octets('a'))).toThrow('could not be read or written')
  folder.close(file.fd)
})

it('takes as much of the octets as was written, the filling of a part of it cut off', () => {
  const { disk } = faultyDisk()
  const most = { octets: 6000 }
  const part = { ...disk, open: (path: string, flags: number, mode: number) => disk.open(path, flags & ~pastCache, mode), write: (fd: number, bytes: Uint8Array) => disk.write(fd, bytes.subarray(0, most.octets), 0) } // prettier-ignore
  const folder = contents(part)
  for (const [size, taken] of [[9000, 6000], [5000, 5000]] as const) {
    const file = folder.create('direct')
    const bytes = pattern(size)
    expect(folder.writeDirect(file, 0, bytes)).toBe(taken)
    folder.close(file.fd)
    expect(Buffer.compare(readFileSync(folder.pathOf(file.name)), bytes.subarray(0, taken))).toBe(0)
  }
}) // prettier-ignore
