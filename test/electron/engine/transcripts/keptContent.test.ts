import { expect, test } from 'vitest'
import { type Store, StoreError } from '#engine/store/types.ts'
import { keptContent } from '#engine/transcripts/keptContent.ts'

const octets = new TextEncoder().encode('abc')
const read = (readContent: Store['readContent']) => keptContent({ readContent }, 's', 1, 0, 3)
const fails = (code: StoreError['code']) => read(() => Promise.reject(new StoreError(code, 'words')))

test('what is there is read; what never was is told apart from what is lost', async () => {
  expect(await read(() => Promise.resolve({ bytes: octets, total: 3 }))).toBe(octets)
  expect(await read(() => Promise.resolve(null))).toBe('absent')
  expect([await fails('corrupt'), await fails('failed')]).toEqual(['lost', 'lost'])
})

test('where nothing can be read, and for any other fault, the fault stays', async () => {
  await expect(fails('closed')).rejects.toThrow('words')
  await expect(fails('locked')).rejects.toThrow('words')
  await expect(read(() => Promise.reject(new Error('a mistake')))).rejects.toThrow('a mistake')
})
