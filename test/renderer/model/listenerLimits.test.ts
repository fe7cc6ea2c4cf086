import { expect, test } from 'vitest'
import {
  limitForAll,
  ownLimitFields,
  ownLimitProblems,
  ownLimits,
  ownLimitTexts,
} from '#renderer/model/listenerLimits.ts'
import { Limits } from '#shared/rpc/contract/listener.ts'
import { serverStatus } from '#test/support/mail.ts'

test('there is a field for every limit of the contract', () => {
  expect(ownLimitFields.map(({ key }) => key).toSorted()).toEqual(Object.keys(Limits.shape).toSorted())
})
test('limits go round, in the units of the form', () => {
  const own = { messageSize: 10_000_000, idle: 1500, line: 512, transactions: 3 }
  expect(ownLimitTexts(own)).toEqual({ messageSize: '10', idle: '1.5', line: '512', transactions: '3' })
  expect(ownLimits(ownLimitTexts(own))).toEqual(own)
  expect(ownLimits({ line: ' ' })).toEqual({})
})
const shown = (key: string) =>
  limitForAll(
    ownLimitFields.find((one) => one.key === key)!,
    serverStatus().limits,
  )

test('an empty field shows what holds for all', () => {
  expect(['messageSize', 'line', 'errors', 'commands'].map(shown)).toEqual(['64', '2048', '20', 'no limit'])
})
test('a wrong one is named; so is one in which no line fits', () => {
  const told = ownLimitProblems({ line: '3', recipients: 'many', textLine: '1', errors: '5' })
  expect(told['limits.line']).toContain('less than 16')
  expect(told['limits.textLine']).toContain('less than 2')
  expect(told['limits.recipients']).toContain('“many”')
  expect(told['limits.errors']).toBeUndefined()
})
