import { expect, test } from 'vitest'
import { lineName, stopReason } from '#engine/dialogue/breakpoint.ts'

const mail = { kind: 'command', verb: 'MAIL' } as const
const dot = { kind: 'body-end' } as const

test('a line is held for its verb, the dot, or because of stepping, and says which', () => {
  expect(stopReason(mail, 'run', ['MAIL'], undefined)).toEqual({ why: 'breakpoint', words: 'before MAIL' })
  expect(stopReason(dot, 'run', ['.'], undefined)).toEqual({
    why: 'breakpoint',
    words: 'before the end of data',
  })
  expect(stopReason(mail, 'step', [], undefined)).toEqual({ why: 'gate', words: 'before MAIL' })
  expect(stopReason(mail, 'run', ['RCPT', '.'], undefined)).toBeUndefined()
})

test('a reply that matched holds whatever comes next', () => {
  expect(stopReason(mail, 'run', [], '550')).toEqual({ why: 'breakpoint', words: 'after 550, before MAIL' })
})

test('lines without a verb have a name', () => {
  expect(lineName({ kind: 'auth' })).toBe('the authentication response')
  expect(lineName({ kind: 'body' })).toBe('the message content')
  expect(lineName({ kind: 'command' })).toBe('the next line')
})
