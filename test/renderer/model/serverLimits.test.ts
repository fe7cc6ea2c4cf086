import { describe, expect, test } from 'vitest'
import { limitFields, limitProblem, readLimit } from '#renderer/model/serverLimits.ts'

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
