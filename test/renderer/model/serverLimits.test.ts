import { describe, expect, test } from 'vitest'
import { limitFields, limitProblem, limitTexts, readLimit } from '#renderer/model/serverLimits.ts'
import { serverStatus } from '#test/support/mail.ts'

const { limits } = serverStatus()

test('every limit has a field, and its text reads back to the same value', () => {
  const texts = limitTexts(limits)
  expect(Object.keys(texts).toSorted()).toEqual(Object.keys(limits).toSorted())
  for (const field of limitFields) expect(readLimit(field, texts[field.key])).toBe(limits[field.key])
})
test('sizes are megabytes, times seconds', () => {
  expect(limitTexts(limits)).toMatchObject({ messageSize: '64', idle: '300' })
})
describe('wrong texts', () => {
  const size = limitFields[0]!
  test.each(['', '0', '-1', 'many', '99999', '1e3'])('%j', (text) => {
    expect(readLimit(size, text)).toBeNull()
    expect(limitProblem(size, text)).toContain('2,048 MB')
  })
  test('a fraction of a megabyte is fine', () => {
    expect(readLimit(size, '0.5')).toBe(500_000)
    expect(limitProblem(size, '0.5')).toBeUndefined()
  })
})
