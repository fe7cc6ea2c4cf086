import { expect, test } from 'vitest'
import { hasBareLineEnd } from '#shared/diagnosis/rules/bareNewline.ts'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('inside a line that was refused', () => {
  expect(diagnose([...open, 'C: NOOP\nNOOP', 'S: 500 5.5.2 no'])).toMatchObject([{ code: 'bare-newline-rejected', evidence: [5, 6] }]) // prettier-ignore
  expect(codesOf([...open, 'C: NOOP', 'S: 250 ok'])).toEqual([])
})

test('pasted lines end in LF alone', () => {
  expect(['NOOP\n', 'NOOP\r\n', 'NO\rOP\r\n'].map(hasBareLineEnd)).toEqual([false, false, true])
})
