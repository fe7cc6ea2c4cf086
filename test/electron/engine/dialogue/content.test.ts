import { expect, test } from 'vitest'
import { ContentFeeder, type ContentKeeper } from '#engine/dialogue/content.ts'
import { messageSource } from '#engine/message/source.ts'

function keeper(takes: boolean): ContentKeeper & { log: string[] } {
  const log: string[] = []
  return {
    log,
    append: (bytes) => {
      log.push(new TextDecoder().decode(bytes))
      return takes
    },
    drain: async () => void log.push('drain'),
    keep: async () => void log.push('keep'),
  }
}
const source = () => messageSource(new TextEncoder().encode('abcdef'))

test('what is read is kept, and a full keeper is waited for', async () => {
  const kept = keeper(false)
  const feeder = new ContentFeeder(source(), () => kept)
  expect(await feeder.read(4)).toMatchObject({ last: false })
  expect(await feeder.read(4)).toMatchObject({ last: true })
  await feeder.end()
  expect(kept.log).toEqual(['abcd', 'drain', 'ef', 'drain', 'keep'])
})

test('nothing is opened for a session without content', async () => {
  let opened = 0
  const feeder = new ContentFeeder(null, () => {
    opened++
    return keeper(true)
  })
  expect(await feeder.read(10)).toEqual({ bytes: new Uint8Array(), last: true })
  await feeder.end()
  expect(opened).toBe(0)
})

test('a stretch that comes after the end is not appended', async () => {
  const kept = keeper(true)
  const feeder = new ContentFeeder(source(), () => kept)
  await feeder.read(1)
  await feeder.end()
  await feeder.read(1)
  expect(kept.log).toEqual(['a', 'keep'])
})

test('a source that answers at once is not waited for, and one that throws is told later', async () => {
  const read = new ContentFeeder(source(), () => keeper(true)).read(4)
  expect(read).toMatchObject({ last: false })
  const failing = { ...source(), read: () => raise() }
  await expect(new ContentFeeder(failing, undefined).read(4)).rejects.toThrow('gone')
})

function raise(): never {
  throw new Error('gone')
}
