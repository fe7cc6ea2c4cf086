import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { array, asyncProperty, assert, constantFrom, integer, nat } from 'fast-check'
import { expect, it } from 'vitest'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { openStore } from '#engine/store/client.ts'
import { ContentFiles } from '#engine/store/contentFiles.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { largeOctets } from './crashSample.ts'
import { killed } from './killed.ts'
import {
  contents,
  envelope,
  faultyDisk,
  octets,
  pattern,
  systemError,
  temporaryFolder,
  temporaryStore,
  until,
} from './support.ts'

const of = (writer: number) => ({ writer, session: 's', body: writer })
const chunk = (writer: number, seed = 1) => ({ ...of(writer), type: 'chunk' as const, bytes: pattern(chunkSize, seed) }) // prettier-ignore
const rest = (writer: number) => ({ ...of(writer), bytes: octets('end') })

function setUp() {
  const { disk, faults } = faultyDisk()
  const folder = contents(disk)
  return { files: new ContentFiles(folder), folder, faults, there: () => [...folder.names()] }
}

it('holds the first chunks of a content, and begins a file with them when more come', () => {
  const { files, folder, there } = setUp()
  files.piece(chunk(1))
  files.piece(chunk(1, 2))
  expect([files.has(1), files.has(2), there()]).toEqual([true, false, []])
  expect(files.whole(rest(1), true)).toEqual({ file: null, size: 2 * chunkSize + 3, chunks: [pattern(chunkSize), pattern(chunkSize, 2), octets('end')] }) // prettier-ignore
  files.piece(chunk(1, 3))
  expect(there()).toEqual([...files.names])
  const { file, size, chunks } = files.whole(rest(1), true)
  expect([file, size, chunks]).toEqual([there()[0], 3 * chunkSize + 3, []])
  const whole = Buffer.concat([1, 2, 3].map((seed) => pattern(chunkSize, seed)).concat(octets('end')))
  expect(Buffer.compare(folder.read(file!, size, 0, size, 's.1'), whole)).toBe(0)
  expect(files.whole(rest(1), true).size).toBe(size)
  files.take(1)
  files.syncNames()
  files.committed()
  expect([files.has(1), [...files.names], there().length]).toEqual([false, [], 1])
})

it('says what to do when a file has the place of the folder, and takes what needs none', async () => {
  const data = temporaryFolder()
  await (await openStore({ folder: data })).close()
  rmSync(join(data, 'contents'), { recursive: true, force: true })
  writeFileSync(join(data, 'contents'), 'notes')
  const store = await temporaryStore(data)
  const faults: string[] = []
  store.onFault(({ message }) => faults.push(message))
  expect(store.notices).toEqual([expect.stringContaining(`${join(data, 'contents')} is no folder.`)])
  const send = async (bytes: Uint8Array, body: number): Promise<void> => {
    const writer = store.openContent('s', body)
    for (let at = 0; at < bytes.length; at += chunkSize) {
      if (!writer.append(bytes.subarray(at, at + chunkSize))) await writer.drain()
    }
    await writer.commit(envelope())
  }
  await expect(send(pattern(5 * chunkSize), 1)).rejects.toThrow('Something else is where the folder of large messages belongs. Move it away. (ENOTDIR') // prettier-ignore
  await send(octets('small'), 2)
  rmSync(join(data, 'contents'))
  await send(pattern(5 * chunkSize), 3)
  expect((await store.listMessages({ limit: 9 })).items.map(({ id }) => id)).toEqual(['s.3', 's.2'])
  expect(faults).toEqual([])
})

it('holds no more than sixteen MiB of all contents', () => {
  const { files, there } = setUp()
  for (let writer = 1; writer <= 64; writer++) files.piece(chunk(writer))
  expect(there()).toEqual([])
  files.piece(chunk(65))
  expect(there()).toHaveLength(1)
  files.drop(1)
  files.piece(chunk(66))
  expect(there()).toHaveLength(1)
  files.close()
  expect([there(), files.has(66)]).toEqual([[], false])
})

it.each(['ENOSPC', 'EIO'])('of a content with a piece that could not be written (%s) nothing is left, and all of it fails', (code) => {
  const { files, faults, there } = setUp()
  for (let i = 0; i < 3; i++) for (const writer of [1, 2]) files.piece(chunk(writer, i))
  faults.write = systemError(code)
  const words = code === 'EIO' ? 'could not be read or written' : 'The disk is full'
  expect(() => files.piece(chunk(1))).toThrow(words)
  expect(there()).toHaveLength(1)
  delete faults.write
  expect(() => files.piece(chunk(1))).toThrow(words)
  expect(() => files.whole(rest(1), true)).toThrow(words)
  expect([files.has(1), files.whole(rest(2), true).size]).toEqual([true, 3 * chunkSize + 3])
  files.drop(1)
  expect(files.has(1)).toBe(false)
}) // prettier-ignore

it('fails a content whose file could not be made or synced, and all whose names were not synced', () => {
  const { files, faults, there } = setUp()
  const large = (writer: number): void => [1, 2, 3].forEach((seed) => files.piece(chunk(writer, seed)))
  faults.open = systemError('EACCES')
  expect(() => large(1)).toThrow(expect.objectContaining({ code: 'readonly' }))
  delete faults.open
  large(2)
  faults.sync = systemError('EIO')
  expect(() => files.whole(rest(2), true)).toThrow('could not be read')
  expect(there()).toEqual([])
  delete faults.sync
  for (const writer of [3, 4, 5]) large(writer)
  for (const writer of [3, 4]) {
    files.whole(rest(writer), true)
    files.take(writer)
  }
  faults.sync = systemError('EIO')
  expect(() => files.syncNames()).toThrow('could not be read')
  files.rolledBack()
  delete faults.sync
  // Told once: whether the names are there nobody knows, though the next sync says nothing.
  for (const writer of [2, 3, 4, 5])
    expect(() => files.whole(rest(writer), true)).toThrow('could not be read')
  expect(there()).toEqual([])
})

it('syncs what was promised to a client, and not what is only kept', () => {
  const { files, faults, there } = setUp()
  for (const writer of [1, 2]) for (const seed of [1, 2, 3]) files.piece(chunk(writer, seed))
  faults.sync = systemError('EIO')
  expect([files.whole(rest(1), false).size, there().length]).toEqual([3 * chunkSize + 3, 2])
  expect(() => files.whole(rest(2), true)).toThrow('could not be read')
  expect(there()).toHaveLength(1)
})

it('removes when there is time what was given up, and at once what failed: its space may be lacking', () => {
  const { folder, faults, there } = setUp()
  const later: string[] = []
  const files = new ContentFiles(folder, (name) => later.push(name))
  for (const writer of [1, 2]) for (const seed of [1, 2, 3]) files.piece(chunk(writer, seed))
  const [first = ''] = files.names
  files.drop(1)
  expect([later, there().length]).toEqual([[first], 2])
  faults.write = systemError('ENOSPC')
  expect(() => files.piece(chunk(2))).toThrow('The disk is full')
  expect([later, there()]).toEqual([[first], [first]])
})

it('keeps every octet whatever the sizes and pieces', async () => {
  const store = await temporaryStore()
  let body = 0
  const near = array(constantFrom<number[]>(-1, 0, 1, 2, 1000), { minLength: 1, maxLength: 2 })
  const same = asyncProperty(integer({ min: 0, max: 5 }), near, nat(300_000), async (chunks, more, cut) => {
    const whole = pattern(Math.max(0, chunks * chunkSize + more.reduce((sum, n) => sum + n, 0)), chunks + 1)
    const writer = store.openContent('f', ++body)
    for (let at = 0; at < whole.length; at += cut + 1000) {
      if (!writer.append(whole.subarray(at, at + cut + 1000))) await writer.drain()
    }
    await (body % 2 === 0 ? writer.commit(envelope()) : writer.keep())
    const all = await store.readContent('f', body, 0, whole.length + 9)
    expect([all?.total, Buffer.compare(all!.bytes, whole)]).toEqual([whole.length, 0])
    const [from, size] = [Math.max(0, whole.length - cut), 1 + (cut % 5000)]
    const some = await store.readContent('f', body, from, size)
    expect(Buffer.compare(some!.bytes, whole.subarray(from, from + size))).toBe(0)
  })
  await assert(same, { numRuns: 60 })
})

const large = (subject: string) =>
  Buffer.concat([octets(`Subject: ${subject}\r\n\r\n`), pattern(3 * chunkSize)])

it('goes on with a message whose file is gone, short or a link: it is told, listed, indexed as far as can be, and removed', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  const subjects = ['gone', 'short', 'linked', 'whole']
  for (const [index, subject] of subjects.entries()) {
    const writer = first.openContent('s', index + 1)
    writer.append(large(subject))
    await writer.commit(envelope())
  }
  await first.close()
  const paths = new Map(readdirSync(join(folder, 'contents')).map((name) => {
    const path = join(folder, 'contents', name)
    return [readFileSync(path, 'latin1').slice(9).split('\r\n', 1)[0]!, path] as const
  }))
  rmSync(paths.get('gone')!)
  truncateSync(paths.get('short')!, 1000)
  renameSync(paths.get('linked')!, join(folder, 'moved'))
  symlinkSync(join(folder, 'moved'), paths.get('linked')!)
  const store = await openStore({ folder })
  for (const [index, subject] of subjects.slice(0, 3).entries()) {
    const read = store.readMessage(`s.${index + 1}`, 0, 10)
    const words = `The content of s.${index + 1} is lost: its file ${paths.get(subject)!} cannot be read`
    await expect(read).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining(words) })
  }
  expect(await store.listMessages({ limit: 9 })).toMatchObject({ total: 4 })
  expect(await until(async () => {
    const { items } = await store.listMessages({ text: 'subject:whole', limit: 9 })
    return items.length > 0 ? items : null
  })).toMatchObject([{ id: 's.4' }])
  // Nothing is wrong with the database: it is not checked at the next start.
  expect(existsSync(join(folder, 'relayscope.db.suspect'))).toBe(false)
  await store.close()
  // Who has read them is forgotten: else they would stay.
  const later = await openStore({ folder })
  await later.setKeep({ ...defaultKeepRules, on: true, days: 1 })
  await until(() => Promise.resolve(readdirSync(join(folder, 'contents')).length === 0 ? true : null))
  expect(await later.listMessages({ limit: 9 })).toMatchObject({ total: 0 })
  await later.close()
  // What a link led to is not ours.
  expect(readdirSync(folder).toSorted()).toEqual(['contents', 'moved', 'relayscope.db'])
}) // prettier-ignore

it('loses no confirmed large message when the process is killed, and leaves no file behind', async () => {
  const folder = temporaryFolder()
  const confirmed: string[] = []
  for (let run = 0; run < 3; run++)
    confirmed.push(...(await killed('crashWriter.ts', [folder, String(run), 'large'], 4 + run)))
  const files = (): number => readdirSync(join(folder, 'contents')).length
  const before = files()
  const store = await openStore({ folder })
  const { total } = await store.listMessages({ limit: 1 })
  expect(total).toBeGreaterThanOrEqual(confirmed.length)
  expect(before).toBeGreaterThan(total)
  await until(() => Promise.resolve(files() === total ? true : null))
  for (const line of confirmed) {
    const [id = '', seed = ''] = line.split(' ')
    const whole = largeOctets(Number(seed))
    const read = await store.readMessage(id, 0, whole.length)
    expect(Buffer.compare(read?.bytes ?? new Uint8Array(0), whole), `message ${id}`).toBe(0)
  }
  await store.clearMessages()
  await until(() => Promise.resolve(files() === 0 ? true : null))
  await store.close()
}, 60_000)

it('removes what is half here when it is closed', async () => {
  const folder = temporaryFolder()
  const store = await openStore({ folder })
  const writer = store.openContent('s', 1)
  writer.append(pattern(4 * chunkSize))
  await until(() => Promise.resolve(existsSync(join(folder, 'contents')) ? true : null))
  await store.close()
  expect(readdirSync(join(folder, 'contents'))).toEqual([])
})
