import { expect, test } from 'vitest'
import { Content } from '#engine/server/content.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { StoreError } from '#engine/store/types.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog } from '#test/support/server/place.ts'

const message = { receivedAt: '2026-01-01T00:00:00Z', mailFrom: '', rcptTo: ['a@b'], port: 1, sealed: false }
const make = () => {
  const fake = fakeStore()
  const { log, lines } = keepLog()
  return { ...fake, lines, content: new Content(fake.store, 's1', log) }
}

test('each transaction has its own content, numbered from 1', async () => {
  const { content, contents } = make()
  for (const text of ['one', 'two']) {
    content.open()
    expect(content.append(utf8(text))).toBeNull()
    await content.commit(message)
  }
  expect(contents.map(({ body, end }) => [body, end])).toEqual([
    [1, 'committed'],
    [2, 'committed'],
  ])
})

test('what is abandoned is kept, by the next transaction or by the end', () => {
  const { content, contents } = make()
  content.open()
  content.open()
  content.abandon()
  content.abandon()
  expect(contents.map(({ end }) => end)).toEqual(['kept', 'kept'])
})

test('a full writer is waited for', async () => {
  const { content, how } = make()
  content.open()
  how.full = true
  const drain = content.append(utf8('x'))
  how.free()
  await expect(drain).resolves.toBeUndefined()
})

test('a failed commit is told to the caller; octets outside a transaction go nowhere', async () => {
  const { content, contents, how } = make()
  expect(content.append(utf8('x'))).toBeNull()
  await expect(content.commit(message)).rejects.toThrow(/no content/)
  content.open()
  how.fault = new StoreError('full', 'disk full')
  await expect(content.commit(message)).rejects.toThrow('disk full')
  content.abandon()
  expect(contents).toHaveLength(1)
})
