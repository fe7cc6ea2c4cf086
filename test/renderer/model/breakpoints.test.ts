import { expect, test } from 'vitest'
import {
  breakpointChoices,
  breakpointWords,
  codeBreakpoint,
  serverBreakpointChoices,
} from '#renderer/model/breakpoints.ts'
import { Breakpoint } from '#shared/rpc/contract/dialogue.ts'

test('every choice is one that the engine takes, and has words', () => {
  for (const choice of [...breakpointChoices, ...serverBreakpointChoices])
    expect(Breakpoint.safeParse(choice).success).toBe(true)
  expect(['MAIL', '.', '5xx', '451', 'CONNECT'].map((one) => breakpointWords(one))).toEqual([
    'MAIL',
    'the end of the message',
    'what follows any 5xx',
    'what follows 451',
    'the greeting',
  ])
  expect(['5xx', '451', 'RCPT'].map((one) => breakpointWords(one, 'server'))).toEqual([
    'any 5xx',
    '451',
    'RCPT',
  ])
})

test('an exact code is three digits from 200 to 599', () => {
  expect(codeBreakpoint(' 451 ')).toEqual({ ok: true, code: '451' })
  for (const wrong of ['45', '600', '4xx', '', '4510'])
    expect(codeBreakpoint(wrong)).toMatchObject({ ok: false, problem: expect.stringContaining('as 451') })
})
