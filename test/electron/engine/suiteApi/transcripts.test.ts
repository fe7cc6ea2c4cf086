import { expect, it } from 'vitest'
import { findingsOf, stretch } from '#engine/suiteApi/transcripts.ts'
import { endEvent, findingEvent, replyEvent, sessionsWith } from '#test/support/suiteApi/sessions.ts'

const events = [
  ...Array.from({ length: 2500 }, (_, i) => replyEvent(i + 1, '250 ok\r\n')),
  findingEvent(2501, 'x'),
  endEvent(2502),
]
const sessions = sessionsWith({ s: events, live: events.slice(0, 3) })

it('reads a stretch, across batches, and says whether it is the last', async () => {
  const whole = await stretch(sessions, 's', 0, 10_000)
  expect([whole?.events.length, whole?.ended]).toEqual([2502, true])
  const some = await stretch(sessions, 's', 990, 20)
  expect([some?.events[0]?.seq, some?.events.length, some?.ended]).toEqual([991, 20, false])
  expect(await stretch(sessions, 's', 2502, 5)).toEqual({ events: [], ended: true })
})

it('does not wait for what goes on', async () => {
  expect(await stretch(sessions, 'live', 0, 100)).toMatchObject({ events: { length: 3 }, ended: false })
  expect(await stretch(sessions, 'none', 0, 1)).toBeNull()
})

it('is bounded where lines are very long, and goes on behind them', async () => {
  const long = Array.from({ length: 3000 }, (_, i) => replyEvent(i + 1, `250 ${'x'.repeat(20_000)}`))
  const known = sessionsWith({ s: [...long, endEvent(3001)] })
  const first = await stretch(known, 's', 0, 10_000)
  expect([first?.events.length, first?.ended]).toEqual([1000, false])
  expect((await stretch(known, 's', 1000, 10_000))?.events[0]?.seq).toBe(1001)
})

it('finds the findings', async () => {
  expect(await findingsOf(sessions, 's')).toEqual([{ code: 'x', severity: 'warning', side: 'client', confidence: 'certain', evidence: [1], message: 'M', next: 'N' }])
  expect(await findingsOf(sessions, 'none')).toEqual([])
}) // prettier-ignore
