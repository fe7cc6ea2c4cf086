import { expect, test } from 'vitest'
import { breakpointChoices, breakpointWords } from '#renderer/model/breakpoints.ts'
import { Breakpoint } from '#shared/rpc/contract/dialogue.ts'

test('every choice is one that the engine takes, and has words', () => {
  for (const choice of breakpointChoices) expect(Breakpoint.safeParse(choice).success).toBe(true)
  expect(['MAIL', '.', '5xx'].map(breakpointWords)).toEqual([
    'MAIL',
    'the end of the message',
    'what follows any 5xx',
  ])
})
