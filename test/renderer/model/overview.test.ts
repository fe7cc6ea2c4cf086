import { expect, test } from 'vitest'
import { mainPhase, mostParts, Overview } from '#renderer/model/overview.ts'
import { longTranscript } from '../../support/longTranscript.ts'

const overviewOf = (events: number) => {
  const overview = new Overview()
  const taken = [...longTranscript('s', events)]
  for (const event of taken) overview.take(event)
  return { overview, events: taken }
}

test('however long, a bounded number of parts covers every event once and in order', () => {
  for (const size of [15, 300, 5000, 40_000]) {
    const { overview, events } = overviewOf(size)
    const { parts } = overview
    expect(parts.length).toBeLessThanOrEqual(mostParts)
    expect(parts[0]!.first).toBe(1)
    expect(parts.at(-1)!.last).toBe(events.length)
    for (const [place, part] of parts.slice(1).entries()) {
      expect(part.first).toBe(parts[place]!.last + 1)
      expect(part.from).toBe(parts[place]!.to)
    }
    const inParts = (of: (part: (typeof parts)[number]) => number) => parts.reduce((sum, part) => sum + of(part), 0) // prettier-ignore
    expect(inParts(({ counts }) => counts.reduce((a, b) => a + b))).toBe(events.length)
    expect(inParts(({ refused }) => refused)).toBe(events.filter((event) => event.kind === 'reply' && (event.code ?? 0) >= 500).length) // prettier-ignore
    expect(inParts(({ sealed }) => sealed)).toBe(events.filter(({ sealed }) => sealed).length)
  }
})
test('finds the part of an event, and its main phase', () => {
  const { overview } = overviewOf(40_000)
  const { parts } = overview
  const place = overview.indexOf(20_000)
  expect(parts[place]!.first).toBeLessThanOrEqual(20_000)
  expect(parts[place]!.last).toBeGreaterThanOrEqual(20_000)
  expect(overview.indexOf(999_999)).toBe(-1)
  expect(mainPhase(parts[place]!)).toBe('rcpt')
})
