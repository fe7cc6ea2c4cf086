import { once } from 'node:events'
import { expect, test } from 'vitest'
import { Book } from '#engine/relay/queue/book.ts'
import { legOf } from '#test/support/relay/legs.ts'

test('counts by where legs stand and by virtual MTA', () => {
  const book = new Book(100)
  const one = book.add(legOf(['b@x.example'], {}, { virtualMta: 'mta1' }), null)
  const two = book.add(legOf(), null)
  book.move(one, 'ready')
  book.move(two, 'settling')
  expect([book.counts(), book.queuedBy('mta1'), book.size]).toEqual([
    { waiting: 1, delivering: 1, held: 0, delivered: 0, bounced: 0, dropped: 0 },
    1,
    2,
  ])
  book.useMta(one, 'mta2')
  two.leg.state = 'bounced'
  book.remove(two)
  book.remove(two)
  expect([book.counts().bounced, book.queuedBy('mta1'), book.queuedBy('mta2'), book.get(two.leg.id)]).toEqual(
    [1, 0, 1, undefined],
  )
})

test('what a connection is being opened for counts as delivering, until it goes anywhere else', () => {
  const book = new Book(0)
  const entry = book.add(legOf(), null)
  book.move(entry, 'ready')
  book.opens(entry, true)
  book.opens(entry, true)
  expect(book.counts()).toMatchObject({ waiting: 0, delivering: 1 })
  book.move(entry, 'waiting')
  expect([book.counts().waiting, book.counts().delivering, entry.opening]).toEqual([1, 0, false])
  book.move(entry, 'ready')
  book.opens(entry, true)
  book.remove(entry)
  expect(book.counts()).toMatchObject({ waiting: 0, delivering: 0 })
})

test('contents up to a bound', () => {
  const book = new Book(10)
  const [one, two] = [book.add(legOf(), new Uint8Array(6)), book.add(legOf(), new Uint8Array(6))]
  expect([one.bytes?.length, two.bytes, book.octets]).toEqual([6, null, 6])
  book.letGo(one)
  book.letGo(one)
  expect(book.octets).toBe(0)
})

test('tells of changes once in a turn', async () => {
  const book = new Book(0)
  const told = new EventTarget()
  let times = 0
  const off = book.onChange(() => {
    times++
    told.dispatchEvent(new Event('change'))
  })
  const entry = book.add(legOf(), null)
  book.move(entry, 'held')
  await once(told, 'change')
  off()
  book.move(entry, 'waiting')
  await new Promise((resolve) => setImmediate(resolve))
  expect(times).toBe(1)
})
