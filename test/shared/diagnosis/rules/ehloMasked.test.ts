import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

test('a capability overwritten with X, STARTTLS beside it', () => {
  expect(diagnose(hello('XXXXXXXA', 'STARTTLS'))).toMatchObject([{ code: 'ehlo-masked', confidence: 'likely', side: 'network', evidence: [4] }]) // prettier-ignore
  expect(codesOf(hello('XCLIENT', 'STARTTLS'))).toEqual([])
})
