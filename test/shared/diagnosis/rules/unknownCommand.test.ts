import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('a command and a line that are not known', () => {
  expect(diagnose([...open, 'C: NOOP', 'S: 502 5.5.1 no'])).toMatchObject([
    { code: 'unknown-command', evidence: [5, 6] },
  ])
  expect(diagnose([...open, 'C: WHAT', 'S: 500 5.5.1 no'])[0]!.message).toContain('no SMTP command')
})

test('switched off on purpose, or told elsewhere', () => {
  expect(codesOf([...open, 'C: VRFY me', 'S: 502 5.5.1 disabled'])).toEqual([])
  expect(codesOf([...open, 'C: EHLO me', 'S: 502 5.5.1 no'])).toEqual(['ehlo-rejected'])
})
