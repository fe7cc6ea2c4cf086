import { expect, test } from 'vitest'
import { reachWords, sessionLabels } from '#renderer/model/probeBelow.ts'
import { advised, results } from '#test/support/page/compare.tsx'

test('dialogues are called by port, family, and what they were for', () => {
  const others = [
    { session: 'scan', why: 'tls-scan' as const },
    { session: 'try', why: 'trial' as const },
  ]
  const report = advised('p', {
    results: results.map((one) => (one.port === 465 ? { ...one, others } : one)),
    controls: [{ session: 'c1', host: 'c.test', port: 25, greeted: true }],
  })
  const labels = sessionLabels(report)
  expect(['s587', 's587v6', 'scan', 'try', 'c1'].map((session) => labels.get(session))).toEqual([
    '587', '587 v6', '465, TLS scan', '465, first try', 'control host c.test',
  ]) // prettier-ignore
})
test('what a control host answered', () => {
  expect(reachWords({ connect: 'connected', greeted: true }).tone).toBe('good')
  expect(reachWords({ connect: 'timeout', greeted: false }).words).toBe('did not answer')
  expect(reachWords({ connect: undefined, greeted: false }).words).toBe('has no address')
  expect(reachWords({ connect: 'cancelled', greeted: false }).tone).toBe('neutral')
})
