import { expect, test } from 'vitest'
import { compareCapabilities, listsCapabilities, offered } from '#shared/transcript/diff/capabilities.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const ehlo = (lines: string[], more: Partial<EventOf<'reply'>> = {}): EventOf<'reply'> => ({
  kind: 'reply', session: 's', seq: 1, at: 0, phase: 'ehlo', direction: 'to-client', code: 250, raw: ['mx', ...lines].map((line) => `250-${line}\r\n`).join(''), ...more,
}) // prettier-ignore
const told = (left: string[], right: string[], more = {}) =>
  compareCapabilities(ehlo(left), ehlo(right, more)).map((one) => `${one.weight} ${one.what}: ${one.left} | ${one.right}`) // prettier-ignore

test('added, removed, another parameter', () => {
  expect(told(['SIZE 1000', 'PIPELINING', 'AUTH PLAIN LOGIN'], ['SIZE 2000', 'AUTH LOGIN PLAIN', 'STARTTLS'])).toEqual([
    'note SIZE: SIZE 1000 | SIZE 2000', 'note PIPELINING: PIPELINING | ', 'matters STARTTLS:  | STARTTLS',
  ]) // prettier-ignore
  expect(told(['AUTH PLAIN'], ['AUTH PLAIN XOAUTH2'])).toEqual(['matters AUTH: AUTH PLAIN | AUTH PLAIN XOAUTH2']) // prettier-ignore
})
test('that STARTTLS is offered in clear and not inside TLS is expected', () => {
  expect(told(['STARTTLS'], [], { sealed: true })).toEqual(['expected STARTTLS: STARTTLS | '])
})
test('only an EHLO that was accepted lists anything', () => {
  expect(listsCapabilities(ehlo([]))).toBe(true)
  expect(listsCapabilities(ehlo([], { code: 502 }))).toBe(false)
  expect(listsCapabilities(undefined)).toBe(false)
  expect([...offered(ehlo(['SIZE 1', 'SIZE 2', 'dsn'])).values()]).toEqual([
    { keyword: 'SIZE', parameters: ['1'] },
    { keyword: 'DSN', parameters: [] },
  ])
})
