import { expect, it } from 'vitest'
import { Arrivals } from '#engine/suiteApi/arrivals.ts'
import { arrivalStore } from '#test/support/suiteApi/arrivals.ts'
import { messageSummary } from '#test/support/mail.ts'

it('numbers messages and sessions in the order in which they came', () => {
  const store = arrivalStore()
  const arrivals = new Arrivals(store)
  const before = arrivals.mark()
  store.arrive(messageSummary({ id: 'a' }), messageSummary({ id: 'b' }))
  store.refuse(messageSummary({ id: 'c', outcome: 'refused' }))
  expect(arrivals.last).toBe(3)
  expect(arrivals.read(0, 10).events.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(arrivals.place(before)).toEqual({ at: 'here', after: 0 })
  expect(arrivals.place(arrivals.mark())).toEqual({ at: 'here', after: 3 })
})

it('knows marks of another run, too old ones, and what is none', () => {
  const store = arrivalStore()
  const arrivals = new Arrivals(store, 2)
  const first = arrivals.mark()
  expect(arrivals.place(new Arrivals(store).mark())).toEqual({ at: 'gone' })
  store.arrive(...['a', 'b', 'c'].map((id) => messageSummary({ id })))
  expect(arrivals.place(first)).toEqual({ at: 'gone' })
  expect(arrivals.place(arrivals.mark(1))).toEqual({ at: 'here', after: 1 })
  for (const wrong of ['', 'x', `${arrivals.mark()}9`, '1.2.3', '__proto__']) expect(arrivals.place(wrong)).toEqual({ at: 'nowhere' }) // prettier-ignore
})

it('keeps a summary with very many recipients short', () => {
  const store = arrivalStore()
  const arrivals = new Arrivals(store)
  store.arrive(messageSummary({ rcptTo: Array.from({ length: 1000 }, (_, i) => `u${i}@x.test`) }))
  expect(arrivals.read(0, 1).events[0]?.rcptTo).toHaveLength(20)
})

it('wakes who waits, by an arrival or by the signal, and leaves nothing behind', async () => {
  const store = arrivalStore()
  const arrivals = new Arrivals(store)
  const waits = arrivals.more(0, new AbortController().signal)
  store.arrive(messageSummary())
  await waits
  await arrivals.more(0, new AbortController().signal)
  const end = new AbortController()
  const cut = arrivals.more(1, end.signal)
  end.abort()
  await cut
  await arrivals.more(1, end.signal)
})
