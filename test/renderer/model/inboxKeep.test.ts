import { expect, test } from 'vitest'
import { keepForm, readKeep, removedWords, tallyWords } from '#renderer/model/inboxKeep.ts'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'

test('what stands in the form is read back as it was', () => {
  const form = keepForm(defaultKeepRules)
  expect(form).toMatchObject({ on: false, count: '10000', days: '30', size: '1G' })
  expect(readKeep(form)).toEqual({ ok: true, rules: defaultKeepRules })
  const odd = { ...defaultKeepRules, count: null, days: null, octets: 1_234_567 }
  expect(readKeep(keepForm(odd))).toEqual({ ok: true, rules: odd })
  expect(readKeep({ ...form, count: '10,000', size: '1.5 gb' })).toMatchObject({ rules: { count: 10_000, octets: 1_500_000_000 } }) // prettier-ignore
})

test('what is wrong is said at its field', () => {
  const read = readKeep({ ...keepForm(defaultKeepRules), count: '0', days: '9999', size: '2 X' })
  expect(read).toMatchObject({ ok: false, problems: { count: expect.stringContaining('0 is no number of rows'), days: expect.stringContaining('9999'), size: expect.stringContaining('2 X is no size') } }) // prettier-ignore
})

test('words for what goes and went', () => {
  expect(tallyWords({ messages: 0, sessions: 0, octets: 0 })).toBe('nothing')
  expect(tallyWords({ messages: 1, sessions: 2, octets: 1200 })).toBe(
    '1 message of 1.2 KB and 2 sessions without mail',
  )
  expect(removedWords(null)).toContain('nothing so far')
  expect(removedWords({ messages: 2, sessions: 0, octets: 10, at: '2026-03-04T10:00:00.000Z' })).toMatch(/^So far the rules have removed 2 messages of 10 B, last on /) // prettier-ignore
})
