import { expect, test, vi } from 'vitest'
import { Content, stretch } from '#engine/server/content.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { StoreError } from '#engine/store/types.ts'
import { fakeStore } from '#test/support/server/fakes.ts'

const message = { receivedAt: '2026-01-01T00:00:00Z', mailFrom: '', rcptTo: ['a@b'], port: 1, sealed: false }
const make = () => {
  const fake = fakeStore()
  const unkept: unknown[][] = []
  const told: EventBody[] = []
  const rooms: boolean[] = []
  const content = new Content({
    store: fake.store,
    session: 's1',
    context: { notKept: (...what) => void unkept.push(what) },
    record: (event) => void told.push(event),
    room: () => rooms.push(content.full),
  })
  const chunks = () =>
    told.flatMap((event) =>
      event.kind === 'chunk' ? [[event.body, event.offset, event.size, event.last]] : [],
    )
  return { ...fake, unkept, content, chunks, rooms }
}

test('each transaction has its own content, numbered from 1', async () => {
  const { content, contents } = make()
  for (const text of ['one', 'two']) {
    content.open('data')
    content.append(utf8(text))
    expect(content.full).toBe(false)
    await content.commit(message)
  }
  expect(contents.map(({ body, end }) => [body, end])).toEqual([
    [1, 'committed'],
    [2, 'committed'],
  ])
})

test('what is abandoned is kept, by the next transaction or by the end', () => {
  const { content, contents } = make()
  content.open('data')
  content.open('data')
  content.abandon()
  content.abandon()
  expect(contents.map(({ end }) => end)).toEqual(['kept', 'kept'])
})

test('a full writer is waited for', async () => {
  const { content, how, rooms } = make()
  content.open('data')
  how.full = true
  content.append(utf8('x'))
  expect([content.full, rooms]).toEqual([true, []])
  how.free()
  await vi.waitFor(() => expect([content.full, rooms]).toEqual([false, [false]]))
})

test('a failed commit is told to the caller; octets outside a transaction go nowhere', async () => {
  const { content, contents, how } = make()
  content.append(utf8('x'))
  await expect(content.commit(message)).rejects.toThrow(/no content/)
  content.open('data')
  how.fault = new StoreError('full', 'disk full')
  await expect(content.commit(message)).rejects.toThrow('disk full')
  content.abandon()
  expect(contents).toHaveLength(1)
})

test('content is told in stretches, the last one with the commit, the rest before a reply or at the end', async () => {
  const { content, chunks } = make()
  content.open('data')
  content.append(new Uint8Array(stretch - 1))
  expect(chunks()).toEqual([])
  content.append(new Uint8Array(10))
  content.append(new Uint8Array(5))
  await content.commit(message)
  content.open('bdat')
  await content.commit(message)
  content.open('data')
  content.append(new Uint8Array(3))
  content.settle()
  content.settle()
  content.append(new Uint8Array(4))
  content.abandon()
  expect(chunks()).toEqual([
    [1, 0, stretch + 9, false], [1, stretch + 9, 5, true], [2, 0, 0, true], [3, 0, 3, false], [3, 3, 4, false],
  ]) // prettier-ignore
})

test('content that cannot be kept is told, not thrown', async () => {
  const { content, contents, unkept, how } = make()
  how.fault = new StoreError('full', 'disk full')
  content.open('data')
  content.abandon()
  await Promise.resolve()
  await Promise.resolve()
  expect(contents).toHaveLength(1)
  expect(unkept).toEqual([[how.fault, 'content']])
})
