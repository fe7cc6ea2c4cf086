import { expect, test } from 'vitest'
import { doubtOf } from '#shared/smtp/machine/client/doubt.ts'

const unknown = (text: string, enhanced?: string) =>
  doubtOf('recipient-unknown', { text: [text], enhanced }).confidence ?? 'certain'

test('an unknown mailbox is certain where the reply says so, in numbers or in words', () => {
  expect(unknown('nobody', '5.1.1')).toBe('certain')
  for (const text of [
    'No such user here',
    'mailbox not found',
    'User unknown',
    'that address does not exist',
  ])
    expect(unknown(text)).toBe('certain')
})
test('where relaying may be meant as well both causes are named', () => {
  expect(unknown('Invalid recipient: <x@far.example>')).toBe('likely')
  expect(unknown('Requested action not taken: mailbox unavailable')).toBe('likely')
  const { next } = doubtOf('recipient-unknown', { text: ['Invalid recipient'] })
  expect(next).toMatch(/address.*relay.*sign in/s)
})
test('what is read from words is likely; other codes are left as they are', () => {
  expect(doubtOf('greylisted', { text: ['Greylisted'] })).toEqual({ confidence: 'likely' })
  expect(doubtOf('relay-denied', { text: ['relay'] })).toEqual({})
})

const next = (mechanism?: string) => doubtOf('auth-rejected', { text: ['no'] }, mechanism).next
test('a refused certificate is no matter of a password', () => {
  expect(next('EXTERNAL')).toMatch(/authority.*certificate/)
  expect(next('external')).toBe(next('EXTERNAL'))
  expect(next('PLAIN')).toContain('password')
  expect(next()).toBe(next('PLAIN'))
})
