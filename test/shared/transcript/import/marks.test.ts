import { expect, it } from 'vitest'
import { literalLines, marks, timeIn, withoutLead } from '#shared/transcript/import/marks.ts'

it.each([
  ['[2026-11-22 10:00:00] DEBUG [x1y2] C: EHLO me', 'C: EHLO me'],
  ['2026-11-22T10:00:00.123Z INFO S: 220 hi', 'S: 220 hi'],
  ['09:41:12 AM - Server: 220 hi', 'Server: 220 hi'],
  ['[#3] S: 220 hi', 'S: 220 hi'],
  ['C: EHLO me', 'C: EHLO me'],
])('takes the front off %j', (line, rest) => {
  expect(withoutLead(line)).toBe(rest)
})

it('reads a time in front', () => {
  expect(timeIn('2026-11-22T10:00:00.250Z INFO x')).toEqual({ ms: Date.UTC(2026, 10, 22, 10, 0, 0, 250), dated: true, fine: true }) // prettier-ignore
  expect(timeIn('[10:00:01] x')).toEqual({ ms: 36_001_000, dated: false, fine: false })
  expect(timeIn('C: 10:00:00')).toBeNull()
})

it('reads lines of a Python literal', () => {
  expect(literalLines("b'250-a\\r\\n250 b\\r\\n'")).toEqual(['250-a', '250 b'])
  expect(literalLines('"it\\x27s\\r\\n"')).toEqual(["it's"])
  expect(literalLines('retcode (250)')).toBeNull()
})

it('has a pair of marks for each', () => {
  for (const { client, server } of marks) expect(client.source).not.toBe(server.source)
})
