import { expect, test } from 'vitest'
import { diagnose, hello } from '#test/support/diagnosis/script.ts'

test('no SMTP is an error, a blemish a warning', () => {
  expect(diagnose([...hello('STARTTLS'), 'C: NOOP', 'S: fine'])).toMatchObject([{ code: 'reply-malformed', severity: 'error', evidence: [6] }]) // prettier-ignore
  const blemish = { kind: 'reply', direction: 'to-client', phase: 'other', raw: '250-a\r\n251 b\r\n', code: 251, malformed: 'codes differ' } as const // prettier-ignore
  expect(diagnose([...hello('STARTTLS'), 'C: NOOP', blemish])).toMatchObject([{ code: 'reply-malformed', severity: 'warning' }]) // prettier-ignore
  expect(diagnose([...hello('STARTTLS'), 'C: NOOP', 'S: 250 fine'])).toEqual([])
})
