import { expect, test } from 'vitest'
import { close, notLater, openOf, settle, tryOf } from '#engine/relay/queue/settle.ts'
import type { Leg, RecipientOutcome } from '#engine/relay/types.ts'
import { legOf } from '#test/support/relay/legs.ts'

const rules = { retryAfter: [1000, 5000], bounceAfter: 60_000 }
const outcome = (address: string, how: RecipientOutcome['outcome'], words: string): RecipientOutcome => ({
  address: `${address}@x.example`,
  outcome: how,
  words,
})
const run = (leg: Leg, outcomes: RecipientOutcome[], age: number, random = 0) =>
  settle(leg, outcomes, tryOf(outcomes, { at: new Date(0).toISOString() }), {
    rules,
    now: leg.message.receivedAt + age,
    random,
  })

test('the schedule of the policy, a little later at most, never earlier', () => {
  const waits = [0, 0.999].map((random) => {
    const leg = legOf()
    run(leg, [outcome('b', 'again', 'x')], 0, random)
    const first = leg.nextAt - leg.message.receivedAt
    run(leg, [outcome('b', 'again', 'x')], 1000, random)
    return [first, leg.nextAt - leg.message.receivedAt - 1000]
  })
  expect(waits).toEqual([[1000, 5000], [1050, 5250]]) // prettier-ignore
})

test('the last try falls on the very end, and then it is given up', () => {
  const leg = legOf()
  run(leg, [outcome('b', 'again', '450 later')], 59_500, 0.9)
  expect(leg.nextAt - leg.message.receivedAt).toBe(60_000)
  run(leg, [outcome('b', 'again', '450 later')], 60_000)
  expect(leg).toMatchObject({
    state: 'bounced',
    tries: 2,
    recipients: [
      { state: 'failed', words: 'Could not be delivered within 1 min, in 2 tries; last reply: 450 later' },
    ],
  })
})

test('a wait that is spread ends with the time of the message all the same, and is not cut when it is looked at', () => {
  const leg = legOf(undefined, { tries: 1 })
  run(leg, [outcome('b', 'again', '450 later')], 54_900, 0.999)
  expect(leg.nextAt - leg.message.receivedAt).toBe(60_000)
  const spread = legOf(undefined, { nextAt: 125_999, tries: 1 })
  notLater(spread, () => ({ retryAfter: [120_000] }), 0)
  const beyond = legOf(undefined, { nextAt: 126_001, tries: 1 })
  notLater(beyond, () => ({ retryAfter: [120_000] }), 0)
  expect([spread.nextAt, beyond.nextAt]).toEqual([125_999, 120_000])
})

test('a time that lies too far away is no further than the wait of its try', () => {
  const leg = legOf(undefined, { nextAt: 500_000_000, tries: 1 })
  notLater(leg, () => ({ retryAfter: [120_000, 900_000] }), 0)
  const later = legOf(undefined, { nextAt: 500_000_000, tries: 7 })
  notLater(later, () => ({ retryAfter: [120_000, 900_000] }), 0)
  const fresh = legOf(undefined, { nextAt: 500_000_000 })
  notLater(fresh, () => ({ retryAfter: [120_000] }), 0)
  const near = legOf(undefined, { nextAt: 59_999 })
  notLater(near, () => ({ retryAfter: [1000] }), 0)
  expect([leg, later, fresh, near].map(({ nextAt }) => nextAt)).toEqual([120_000, 900_000, 60_000, 59_999])
})

test('what came while the clock was years ahead is given up as if it came now', () => {
  const [ahead, soon] = [5_000_000, 30_000].map((receivedAt) =>
    legOf(undefined, { nextAt: 0 }, { receivedAt }),
  )
  for (const leg of [ahead!, soon!]) notLater(leg, () => rules, 0)
  expect([ahead!.message.receivedAt, soon!.message.receivedAt]).toEqual([0, 30_000])
})

test('each recipient by its own outcome; those that are not named stay', () => {
  const leg = legOf(['b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'])
  run(leg, [outcome('b', 'delivered', '250'), outcome('c', 'failed', '550'), outcome('d', 'again', '450')], 0)
  expect(leg.recipients.map(({ state, words }) => [state, words])).toEqual([['delivered', '250'], ['failed', '550'], ['open', '450'], ['open', undefined]]) // prettier-ignore
  expect([leg.state, openOf(leg).length, leg.history[0]?.outcome, leg.history[0]?.words]).toEqual([
    'waiting',
    2,
    'partly',
    '550',
  ])
  run(leg, [outcome('b', 'failed', '550 again')], 0)
  expect(leg.recipients[0]?.state).toBe('delivered')
})

test('the newest fifty tries are kept', () => {
  const leg = legOf()
  for (let n = 1; n <= 60; n++) run(leg, [outcome('b', 'again', `${n}`)], 0)
  expect([leg.history.length, leg.history[0]?.words, leg.tries]).toEqual([50, '11', 60])
})

test.each([
  [['delivered', 'delivered'], 'delivered'],
  [['delivered', 'failed'], 'bounced'],
  [['delivered', 'dropped'], 'delivered'],
  [['dropped', 'dropped'], 'dropped'],
] as const)('%j is %s', (states, state) => {
  const leg = legOf(states.map((one, i) => ({ address: `${i}@x.example`, state: one })))
  close(leg)
  expect(leg.state).toBe(state)
})

test('what a try came to', () => {
  const at = new Date(0).toISOString()
  const kinds = (['delivered', 'failed', 'again'] as const).map(
    (how) => tryOf([outcome('b', how, how)], { at }).outcome,
  )
  expect(kinds).toEqual(['delivered', 'failed', 'again'])
})
