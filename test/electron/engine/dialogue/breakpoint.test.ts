import { expect, test } from 'vitest'
import { lineName, namesCode, stopReason } from '#engine/dialogue/breakpoint.ts'

const mail = { kind: 'command', verb: 'MAIL' } as const
const dot = { kind: 'body-end' } as const
const running = (breakpoints: string[], after?: string) => ({ mode: 'run', breakpoints, after }) as const
const stepping = { mode: 'step', breakpoints: [], after: undefined } as const

test('a line is held for its verb, the dot, or because of stepping, and says which', () => {
  expect(stopReason(mail, running(['MAIL']))).toEqual({ why: 'breakpoint', words: 'before MAIL' })
  expect(stopReason(dot, running(['.']))).toEqual({ why: 'breakpoint', words: 'before the end of data' })
  expect(stopReason(mail, stepping)).toEqual({ why: 'gate', words: 'before MAIL' })
  expect(stopReason(mail, running(['RCPT', '.']))).toBeUndefined()
})

test('AUTH is its first line; the responses behind it are held by stepping only', () => {
  const first = { kind: 'auth', verb: 'AUTH' } as const
  const response = { kind: 'auth' } as const
  expect(stopReason(first, running(['AUTH']))).toEqual({ why: 'breakpoint', words: 'before AUTH' })
  expect(stopReason(first, stepping)?.words).toBe('before AUTH')
  expect(stopReason(response, running(['AUTH']))).toBeUndefined()
  expect(stopReason(response, stepping)?.words).toBe('before the authentication response')
})

test('a reply that matched holds whatever comes next', () => {
  expect(stopReason(mail, running([], '550'))).toEqual({ why: 'breakpoint', words: 'after 550, before MAIL' })
})

test('a code is named by itself or by its class', () => {
  expect([['451'], ['4xx'], ['450'], ['5xx'], ['.']].map((list) => namesCode(list, 451))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('lines without a verb have a name', () => {
  expect(lineName({ kind: 'auth' })).toBe('the authentication response')
  expect(lineName({ kind: 'body' })).toBe('the message content')
  expect(lineName({ kind: 'command' })).toBe('the next line')
})
