import { expect, test } from 'vitest'
import {
  emptyManyForm,
  linePoints,
  messagesOf,
  needsName,
  phaseWords,
  readManyForm,
  shares,
  shownMicros,
  shownRate,
} from '#renderer/model/many.ts'
import { manyProgress } from '#test/support/page/many.ts'

const read = (change: object, host = '127.0.0.1') => readManyForm({ ...emptyManyForm, ...change }, host)
const fields = (change: object, host?: string) => {
  const answer = read(change, host)
  return answer.ok ? [] : Object.keys(answer.problems)
}

test('numbers as people type them', () => {
  const answer = read({ messages: '10,000', connections: ' 20 ', perConnection: '5', rate: '0.5' })
  expect(answer).toEqual({
    ok: true,
    numbers: { messages: 10_000, connections: 20, perConnection: 5, rate: 0.5, confirmedHost: '127.0.0.1' },
  })
  expect(read({})).toMatchObject({ ok: true, numbers: { perConnection: 0 } })
  expect(messagesOf({ ...emptyManyForm, messages: 'x' })).toBe(0)
})

test.each([
  [{ messages: '0' }, 'messages'], [{ messages: '1000001' }, 'messages'], [{ connections: '501' }, 'connections'],
  [{ perConnection: '-1' }, 'perConnection'], [{ rate: '0' }, 'rate'], [{ rate: 'fast' }, 'rate'], [{ rate: '1e9' }, 'rate'],
] as const)('%o is refused at its field', (change, field) => {
  expect(fields(change)).toEqual([field])
}) // prettier-ignore

test('more than a hundred messages to another computer need its name once more', () => {
  expect([needsName(101, 'mx.test'), needsName(100, 'mx.test'), needsName(1e6, 'localhost')]).toEqual([
    true,
    false,
    false,
  ])
  expect(fields({ messages: '101' }, 'mx.test')).toEqual(['confirm'])
  expect(fields({ messages: '101', confirm: ' MX.test ' }, 'mx.test')).toEqual([])
})

test('what is shown is short', () => {
  expect([900, 12_300, 1_400_000, 61_000_000].map(shownMicros)).toEqual(['0.9 ms', '12 ms', '1.4 s', '61 s'])
  expect([0, 3.14, 812.4, 12_345].map(shownRate)).toEqual(['0', '3.1', '812', '12,345'])
  expect(shares(manyProgress()).accepted).toBeCloseTo(62.4)
  expect(phaseWords(manyProgress({ phase: 'backing-off' }))).toContain('421 4.7.0 Slow down')
  expect(
    ['running', 'cancelling', 'done'].map((phase) => phaseWords(manyProgress({ phase: phase as 'done' }))),
  ).toHaveLength(3)
})

test('the line fits its box', () => {
  expect(linePoints([1], 100, 10)).toBe('')
  expect(linePoints([0, 5, 10], 100, 10)).toBe('0.0,10.0 50.0,5.0 100.0,0.0')
  expect(linePoints([0, 0], 100, 10)).toBe('0.0,10.0 100.0,10.0')
})
