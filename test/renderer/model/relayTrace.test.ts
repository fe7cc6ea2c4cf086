import { expect, test } from 'vitest'
import { attemptChips, spokenStep, stillRefused, thenRelayed, toneOf, traceRows, verdictParts, type Step } from '#renderer/model/relayTrace.ts' // prettier-ignore
import { decideRelay } from '#shared/relay/decide.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { shopPolicy, stranger } from '#test/support/relay/page.ts'

const { trace, because } = decideRelay(shopPolicy(), stranger)

const whole = ({ before, cause, after }: ReturnType<typeof verdictParts>) => before + cause + after

test('the cause is what stands out, whatever decided', () => {
  expect(verdictParts(because)).toEqual({
    before: 'Refused, because ',
    cause: 'nobody had signed in',
    after: ' and everybody must.',
  })
  for (const attempt of [stranger, { ...stranger, user: 'shop' }, { ...stranger, client: '10.0.5.20' }, { ...stranger, recipient: 'a@shop.example' }]) {
    const words = decideRelay(shopPolicy(), attempt).because
    expect(whole(verdictParts(words))).toBe(words)
    expect(verdictParts(words).cause.length).toBeGreaterThan(5)
  }
  expect(verdictParts('Something else.')).toEqual({ before: '', cause: 'Something else.', after: '' })
  expect(stillRefused(because)).toMatch(/^Still refused, because/)
  expect(thenRelayed('Relayed, because shop has signed in.')).toBe('Then shop has signed in.')
}) // prettier-ignore
test('chips say what the rules could go by', () => {
  expect(attemptChips(stranger, trace).map(({ words }) => words)).toEqual([
    'in clear, STARTTLS not used', 'not signed in', 'recipient is not the relay’s own',
  ]) // prettier-ignore
  const own = { ...stranger, secured: true, user: 'shop', sender: '', recipient: 'a@shop.example' }
  expect(attemptChips(own, decideRelay(shopPolicy(), own).trace).map(({ words }) => words)).toEqual([
    'sealed by TLS', 'signed in as shop', 'a bounce, no sender', 'recipient is the relay’s own',
  ]) // prettier-ignore
  expect(attemptChips(stranger, decideRelay(emptyPolicy(), stranger).trace)).toHaveLength(2)
})
test('a step is told in one sentence', () => {
  expect(spokenStep(trace.find(({ result }) => result === 'decided')!)).toMatch(
    /^Rule 8, source 0\/0 require-auth true, decided\. .*no AUTH before RCPT/,
  )
  expect(toneOf({ relay: true })).toBe('good')
})

const steps = (count: number, result: Step['result'], from = 1): Step[] =>
  Array.from({ length: count }, (_, place) => ({ number: from + place, rule: `rule ${from + place}`, compared: 'x', result })) // prettier-ignore

test('long runs that say nothing new are folded between their ends, and open one by one', () => {
  const long = [...steps(40, 'no-match'), ...steps(1, 'decided', 41), ...steps(9, 'not-reached', 42)]
  const rows = traceRows(long, new Set())
  expect(rows).toHaveLength(4 + 1 + 1 + 4 + 1)
  expect(rows[2]).toEqual({ kind: 'fold', id: 3, count: 36, result: 'no-match', from: 3, to: 38 })
  expect(traceRows(long, new Set([3]))).toHaveLength(40 + 1 + 4 + 1)
  expect(traceRows(steps(7, 'no-match'), new Set())).toHaveLength(7)
  expect(traceRows(steps(30, 'go-on'), new Set())).toHaveLength(30)
})
