import { expect, test } from 'vitest'
import type { EventOf } from '#shared/transcript/event.ts'
import { cutLine, isLongLine, keptOfLine, wholeLineBody } from '#shared/transcript/longLine.ts'

const line = (raw: string, more: Partial<EventOf<'line'>> = {}): EventOf<'line'> => ({
  session: 's', seq: 3, at: 0, phase: 'other', direction: 'to-server', kind: 'line', raw, ...more,
}) // prettier-ignore

test('a long line keeps its first octets and says how many there were', () => {
  const long = line('x'.repeat(keptOfLine + 1))
  expect(isLongLine(long)).toBe(true)
  expect(isLongLine(line('x'.repeat(keptOfLine)))).toBe(false)
  expect(cutLine(long)).toEqual({ ...long, raw: 'x'.repeat(keptOfLine), cutFrom: keptOfLine + 1 })
  expect(cutLine({ ...long, cutFrom: 10_000_000 }).cutFrom).toBe(10_000_000)
})
test('masked ranges end where the line is cut', () => {
  const masked = [{ start: 5, end: 13 }, { start: keptOfLine - 1, end: keptOfLine + 7 }, { start: keptOfLine, end: keptOfLine + 8 }] // prettier-ignore
  expect(cutLine(line('x'.repeat(keptOfLine * 2), { masked })).masked).toEqual([
    { start: 5, end: 13 },
    { start: keptOfLine - 1, end: keptOfLine },
  ])
})
test('the number of a whole line is no body’s', () => {
  expect(wholeLineBody(7)).toBeGreaterThan(2 ** 40)
  expect(Number.isSafeInteger(wholeLineBody(2 ** 32))).toBe(true)
})
