import { expect, test } from 'vitest'
import { Book } from '#engine/relay/queue/book.ts'
import { Recount } from '#engine/relay/queue/recount.ts'
import { legOf } from '#test/support/relay/legs.ts'

const kept = { delivered: 3, bounced: 2, dropped: 1 }
const make = (overCounts: () => Promise<typeof kept>, wait = 1) => {
  const book = new Book(0)
  const logged: string[] = []
  const recount = new Recount({ store: { overCounts }, book, log: (_, text) => void logged.push(text), wait })
  book.ended = () => recount.soon()
  return { book, recount, logged }
}

test('what the store has removed by itself is counted no more, and that is told', async () => {
  const { book, recount } = make(async () => kept)
  const told = Promise.withResolvers<void>()
  book.onChange(() => told.resolve())
  await recount.now()
  await told.promise
  expect(book.counts()).toMatchObject(kept)
})

test('after a leg has ended it is asked once, however many end', async () => {
  let asked = 0
  const answered = Promise.withResolvers<void>()
  const { book, recount } = make(async () => (asked++, answered.resolve(), kept))
  for (let n = 0; n < 10; n++) book.remove(book.add(legOf(['b@x.example'], { state: 'delivered' }), null))
  expect(book.counts().delivered).toBe(10)
  await answered.promise
  await recount.fresh()
  expect([asked, book.counts().delivered]).toEqual([2, 3])
  recount.stop()
  recount.soon()
})

test('a store that cannot say leaves what was added up', async () => {
  const { book, recount, logged } = make(() => Promise.reject(new Error('closed')))
  await recount.fresh()
  expect([book.counts().delivered, logged]).toEqual([
    0,
    ['Mail that is over could not be counted: Error: closed'],
  ])
  await expect(recount.now()).rejects.toThrow('closed')
})
