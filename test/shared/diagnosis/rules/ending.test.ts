import { expect, test } from 'vitest'
import { codesOf, diagnose, ended, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')
const data = [
  ...hello('SIZE'),
  'C: MAIL FROM:<>',
  'S: 250 a',
  'C: RCPT TO:<b@x.example>',
  'S: 250 b',
  'C: DATA',
  'S: 354 c',
]

test.each([
  [[...open.slice(0, 3), ended('closed')], 'ehlo-closed'],
  [[...open, 'C: STARTTLS', ended('closed')], 'starttls-closed'],
  [[...open, 'C: AUTH PLAIN ********', ended('closed')], 'auth-closed'],
  [[...open, 'C: RCPT TO:<b@x.example>', ended('reset', 'network')], 'reset-unexpectedly'],
  [[...open, ended('closed')], 'closed-unexpectedly'],
  [[...open, 'C: NOOP', ended('timeout')], 'reply-timeout'],
  [[...data, ended('closed')], 'body-closed'],
  [[...data, ended('timeout')], 'body-timeout'],
  [[...open, ended('cancelled', 'person')], 'cancelled'],
])('%# is told', (parts, code) => {
  expect(codesOf(parts, { tls: 'none' })).toEqual([code])
})

test('what was asked last and the end prove it', () => {
  expect(diagnose([...open, 'C: NOOP', ended('reset', 'network')])).toMatchObject([{ evidence: [5, 6] }])
})

test('after QUIT, by this side or without an end nothing is said', () => {
  expect(codesOf([...open, 'C: QUIT', ended('closed')])).toEqual([])
  expect(codesOf([...open, 'C: QUIT', 'S: 221 bye', ended('closed')])).toEqual([])
  expect(codesOf([...open, ended('closed', 'client')])).toEqual([])
  expect(codesOf([...open, 'C: NOOP'])).toEqual([])
})

test('a text that was read in and stops was cancelled by nobody', () => {
  const cut = [...open, ended('cancelled', 'this-computer')]
  expect(codesOf(cut, { source: 'import' })).toEqual([])
  expect(codesOf(cut, { source: 'send' })).toEqual(['cancelled'])
})

test('a client that leaves: only in the middle of something', () => {
  expect(codesOf([...open, ended('closed', 'client')], { role: 'server' })).toEqual([])
  const gone = diagnose([...data.slice(0, 6), ended('closed', 'client')], { role: 'server' })
  expect(gone).toMatchObject([{ code: 'closed-unexpectedly', side: 'client' }])
  expect(codesOf([...data, ended('reset', 'network')], { role: 'server' })).toEqual(['body-closed'])
})
