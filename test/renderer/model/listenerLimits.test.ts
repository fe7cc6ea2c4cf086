import { expect, test } from 'vitest'
import {
  isOptional,
  limitForAll,
  limitsChange,
  limitsProblems,
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
test('for all: an empty field takes away what may be absent, and nothing else', () => {
  const optional = ownLimitFields.filter(isOptional)
  expect(optional.map(({ key }) => key)).toEqual(['line', 'textLine', 'commands', 'errors', 'transactions'])
  expect(limitsChange({ line: '512', errors: ' ', recipients: '100' }, optional.slice(0, 4))).toEqual({
    line: 512,
    textLine: null,
    commands: null,
    errors: null,
  })
  const texts = { ...ownLimitTexts(serverStatus().limits), recipients: ' ', line: '', messageSize: '9999' }
  const changed = ownLimitFields.filter(({ key }) => key !== 'messageSize')
  const told = limitsProblems(texts, changed)
  expect(Object.entries(told).filter(([, words]) => words !== undefined)).toEqual([
    ['recipients', 'A number belongs here, above 0 and up to 1,000,000.'],
  ])
})

test('the most that a field takes is taken by the contract', () => {
  for (const { key, max, factor } of ownLimitFields)
    expect([key, Limits.shape[key].safeParse(max * factor).success]).toEqual([key, true])
})
