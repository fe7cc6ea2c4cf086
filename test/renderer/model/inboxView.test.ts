import { expect, test } from 'vitest'
import {
  attachmentWords,
  decidedWords,
  isWhole,
  partCount,
  searchProblems,
  showChoices,
  viewKey,
  wholeBox,
} from '#renderer/model/inboxView.ts'
import { messageSummary } from '#test/support/mail.ts'

test('the whole box is all, newest first; blanks are no search', () => {
  expect(isWhole({ ...wholeBox, search: '  ' })).toBe(true)
  for (const change of [{ search: 'a' }, { show: 'kept' }, { sort: 'size' }] as const)
    expect(isWhole({ ...wholeBox, ...change })).toBe(false)
  expect(viewKey({ ...wholeBox, search: ' a ' })).toBe(viewKey({ ...wholeBox, search: 'a' }))
})
test('a search that cannot be asked says why', () => {
  expect(searchProblems('from:ann')).toEqual([])
  expect(searchProblems('form:ann')[0]).toMatch(/form: is no field/)
})
test('sessions without mail are offered only where there are some', () => {
  const counts = { kept: 39, refused: 5, broken: 2, idle: 0 }
  expect(showChoices(counts).map(({ label, count }) => `${label} ${count}`)).toEqual(['All 46', 'Kept 39', 'Refused 5', 'Broken off 2']) // prettier-ignore
  expect(showChoices({ ...counts, idle: 1 }).at(-1)).toEqual({ value: 'idle', label: 'No mail', count: 1 })
})
test('a session says at which stage and why', () => {
  const decided = { phase: 'rcpt', words: '550 5.1.1 no', seq: 7, client: '127.0.0.1:9' } as const
  expect(decidedWords(messageSummary({ outcome: 'refused', decided }))).toBe('RCPT stage, 550 5.1.1 no')
  expect(decidedWords(messageSummary({ outcome: 'broken', size: 1229, decided: { ...decided, declared: 49_152 } }))).toMatch(/^1\.2 K.+ of 49.* arrived$/) // prettier-ignore
  expect(decidedWords(messageSummary({ outcome: 'idle', size: 0, decided: { ...decided, phase: 'quit' } }))).toBe('Dialogue stage, from 127.0.0.1:9') // prettier-ignore
  expect(decidedWords(messageSummary())).toBe('')
})
test('attachments and parts are counted up to a thousand, and then said to be more', () => {
  expect([1, 999, 1000].map(attachmentWords)).toEqual([
    '1 attachment',
    '999 attachments',
    '1,000 attachments or more',
  ])
  expect([7, 1000, 1002].map(partCount)).toEqual(['7', '1,000+', '1,000+'])
})
