import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('each deviation once', () => {
  const [found] = diagnose([...open, 'C: RSET ', 'S: 250 a', 'C: NOOP ', 'S: 250 b'])
  expect(found).toMatchObject({ code: 'syntax-tolerated', severity: 'info', evidence: [5, 6] })
  expect(found!.message).toContain('space at the end of the line')
})

test('refused, or by the grammar', () => {
  expect(codesOf([...open, 'C: NOOP ', 'S: 501 no'])).toEqual([])
  expect(codesOf([...open, 'C: NOOP', 'S: 250 b'])).toEqual([])
})
