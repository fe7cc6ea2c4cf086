import { expect, onTestFinished, test, vi } from 'vitest'
import { Hits } from '#engine/relay/desk/hits.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog, systemClock } from '#test/support/server/place.ts'

const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()

/** A clock that is a minute later at each look. */
function make() {
  const [{ store, settings }, { log, lines }] = [fakeStore(), keepLog()]
  let minute = 0
  const clock = { ...systemClock, now: () => new Date(at(minute++)) }
  const open = (texts: readonly string[], wait?: number) =>
    Hits.open({ store, clock, log, ...(wait === undefined ? {} : { wait }) }, texts)
  return { open, settings, store, lines }
}
const all = (hits: Hits, rules: number) => Array.from({ length: rules }, (_, place) => hits.of(place + 1))

test('each rule counts from when it is there; rules of the same words by their order', async () => {
  const { open } = make()
  const hits = await open(['a', 'b', 'b'])
  for (const number of [1, 3, 3, 0, -1, 4]) hits.hit(number)
  expect(all(hits, 4)).toEqual([{ hits: 1, since: at(0) }, { hits: 0, since: at(0) }, { hits: 2, since: at(0) }, { hits: 0 }]) // prettier-ignore
  hits.rules(['c', 'b', 'b', 'a'])
  expect(all(hits, 4)).toEqual([{ hits: 0, since: at(1) }, { hits: 0, since: at(0) }, { hits: 2, since: at(0) }, { hits: 1, since: at(0) }]) // prettier-ignore
  hits.rules(['c', 'b'])
  hits.rules(['b', 'c', 'b'])
  expect(all(hits, 3)).toEqual([{ hits: 0, since: at(0) }, { hits: 0, since: at(1) }, { hits: 0, since: at(3) }]) // prettier-ignore
  await hits.flush()
})

test('what was written is there after a restart; of what was not hit nothing older is said than is true', async () => {
  const { open, settings } = make()
  const hits = await open(['a', 'b'])
  hits.hit(2)
  hits.rules(['a', 'b', 'c'])
  await hits.flush()
  expect(JSON.parse(settings.get('relay.hits')!)).toEqual({ began: at(1), rules: [['b', 1, at(0)]] })
  const next = await open(['b', 'c', 'a'])
  expect(all(next, 3)).toEqual([{ hits: 1, since: at(0) }, { hits: 0, since: at(1) }, { hits: 0, since: at(1) }]) // prettier-ignore
  settings.set('relay.hits', '{"began":1}')
  expect((await open(['b'])).of(1)).toMatchObject({ hits: 0 })
})

test('hits are written a while after the first, once for many', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { open, settings } = make()
  const hits = await open(['a'], 1000)
  for (let n = 0; n < 50; n++) hits.hit(1)
  expect(settings.has('relay.hits')).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(JSON.parse(settings.get('relay.hits')!)).toMatchObject({ rules: [['a', 50, expect.any(String)]] })
  settings.clear()
  await hits.flush()
  expect(settings.size).toBe(0)
})

test('of very many only those with the most are written, and a disk that cannot be written is told', async () => {
  const { open, settings, store, lines } = make()
  const hits = await open(Array.from({ length: 10_500 }, (_, n) => `rule ${n}`))
  for (let n = 1; n <= 10_500; n++) hits.hit(n)
  hits.hit(10_500)
  await hits.flush()
  const saved: { rules: string[][] } = JSON.parse(settings.get('relay.hits')!)
  expect([saved.rules.length, saved.rules[0]?.[0]]).toEqual([10_000, 'rule 10499'])
  store.putSetting = () => Promise.reject(new Error('full'))
  hits.hit(1)
  await hits.flush()
  expect(lines.map(({ message }) => message)).toEqual(['How often the rules of the relay have decided could not be written']) // prettier-ignore
})
