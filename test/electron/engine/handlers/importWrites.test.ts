import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ImportWrites } from '#engine/handlers/importWrites.ts'

const open = (): { write: Promise<void>; done: () => void; fail: (error: Error) => void } => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return { write: promise, done: resolve, fail: reject }
}

test('there is room until too much is under way, and all is when nothing is', async () => {
  const writes = new ImportWrites()
  await writes.all()
  const large = open()
  writes.add(large.write, 64 << 20)
  const seen: string[] = []
  const room = writes.room().then(() => seen.push('room'))
  const all = writes.all().then(() => seen.push('all'))
  await setImmediate()
  expect(seen).toEqual([])
  large.done()
  await Promise.all([room, all])
  expect(seen.toSorted()).toEqual(['all', 'room'])
})

test('many small ones are too many', async () => {
  const writes = new ImportWrites()
  const all = Array.from({ length: 3000 }, open)
  for (const { write } of all) writes.add(write, 0)
  const room = writes.room()
  for (const { done } of all.slice(0, 1500)) done()
  await room
  for (const { done } of all) done()
  await writes.all()
})

test('what fails is thrown where it is waited for, now and later, and never unhandled', async () => {
  const writes = new ImportWrites()
  const [one, two] = [open(), open()]
  writes.add(one.write, 1)
  writes.add(two.write, 1)
  const all = writes.all()
  one.fail(new Error('disk full'))
  await expect(all).rejects.toThrow('disk full')
  two.fail(new Error('second'))
  await expect(writes.room()).rejects.toThrow('disk full')
})
