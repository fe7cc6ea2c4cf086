import { expect, test } from 'vitest'
import { firstRules, heldWords, noRules, placeChoices, withPlace } from '#renderer/model/hold.ts'
import { HoldRules } from '#shared/rpc/contract/server.ts'

test('every choice is one that the engine takes', () => {
  const all = placeChoices.map(({ value }) => value)
  expect(HoldRules.safeParse({ who: 'every', breakpoints: all }).success).toBe(true)
  for (const rules of [firstRules, noRules]) expect(HoldRules.safeParse(rules).success).toBe(true)
})

test('a place is added once and taken away', () => {
  expect(withPlace(firstRules, 'MAIL', true).breakpoints).toEqual(['RCPT', '.', 'MAIL'])
  expect(withPlace(firstRules, 'RCPT', true).breakpoints).toEqual(['.', 'RCPT'])
  expect(withPlace(firstRules, 'RCPT', false).breakpoints).toEqual(['.'])
})

test('who waits, in words', () => {
  expect([[], ['a'], ['a', 'b']].map(heldWords)).toEqual([
    '',
    '1 client waits for your answer',
    '2 clients wait for your answer',
  ])
})
