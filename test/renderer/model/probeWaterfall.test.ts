import { assert, integer, property, array } from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, barsOf, everyTick, placeBars, roundTrips } from '#renderer/model/probeWaterfall.ts'
import { results } from '#test/support/page/compare.tsx'

const [unanswered, implicit, starttls, refused, clear] = results.map((result) => ({
  result,
  bars: barsOf(result),
}))
const looks = (of: typeof clear) => of!.bars.map(({ name, look }) => `${name} ${look}`)

test('who could read each phase: STARTTLS begins in clear, implicit TLS never is', () => {
  expect(looks(starttls)).toEqual([
    'dns neither', 'tcp neither', 'banner readable', 'ehlo readable', 'starttls readable', 'tls sealed', 'ehlo sealed', 'quit sealed',
  ]) // prettier-ignore
  expect(looks(implicit)).toEqual(['dns neither', 'tcp neither', 'tls sealed', 'banner sealed', 'ehlo sealed', 'quit sealed']) // prettier-ignore
  expect(looks(clear).at(-1)).toBe('quit readable')
})
test('no answer and a refusal look like neither', () => {
  expect(unanswered!.bars.at(-1)).toMatchObject({ look: 'silent', words: 'no answer' })
  expect(looks(refused)).toEqual(['tcp refused'])
  expect(barsOf({ ...clear!.result, timings: { tcp: 1, total: 50 } }).at(-1)).toMatchObject({
    words: 'no greeting',
  })
})
test('one axis for all, which a wait in vain does not stretch', () => {
  const axis = axisOf(results.map(barsOf))
  expect(axis).toMatchObject({ length: 400_000, step: 100_000 })
  expect(axis.ticks.map(({ words }) => words)).toEqual(['0', '200', '400 ms'])
  const waited = placeBars(unanswered!.bars, axis).at(-1)!
  expect(waited.left + waited.width).toBe(1)
})
test('whatever the times, bars lie on the axis, in order and without gaps', () => {
  assert(
    property(array(integer({ min: 0, max: 60_000_000 }), { minLength: 4, maxLength: 4 }), ([tcp, banner, ehlo, rest]) => {
      const timings = { tcp: tcp!, banner: banner!, ehlo: ehlo!, total: tcp! + banner! + ehlo! + rest! }
      const bars = barsOf({ ...clear!.result, timings })
      const axis = axisOf([bars])
      expect(axis.length).toBeGreaterThanOrEqual(timings.total)
      bars.forEach((bar, place) => expect(bar.start).toBe(place === 0 ? 0 : bars[place - 1]!.start + bars[place - 1]!.took))
      for (const { left, width } of placeBars(bars, axis)) expect(left + width).toBeLessThanOrEqual(1.000001)
    }),
  ) // prettier-ignore
})
test('round trips as they are counted by hand', () => {
  expect([starttls, implicit, clear, unanswered].map((one) => roundTrips(one!.result))).toEqual([
    6,
    4,
    3,
    undefined,
  ])
})
test('every tick has its words below the large bars, the end excepted', () => {
  const axis = axisOf([barsOf(results[2]!)])
  expect(everyTick(axis)).toEqual([
    { at: 0, words: '0' },
    { at: 0.25, words: '100 ms' },
    { at: 0.5, words: '200 ms' },
    { at: 0.75, words: '300 ms' },
  ])
})
