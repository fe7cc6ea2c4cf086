import { expect, test } from 'vitest'
import { Overview } from '#renderer/model/overview.ts'
import { overviewBars, partWords } from '#renderer/model/overviewBars.ts'
import { longTranscript } from '../../support/longTranscript.ts'

const overview = new Overview()
for (const event of longTranscript('s', 20_000)) overview.take(event)

test('a bar for each part: open before the handshake, sealed after, never invisible, none over the top', () => {
  const bars = overviewBars(overview.parts)
  expect(bars).toHaveLength(overview.parts.length)
  expect(bars.at(-1)!.look).toBe('sealed')
  expect(Math.max(...bars.map(({ height }) => height))).toBe(1)
  expect(Math.min(...bars.map(({ height }) => height))).toBeGreaterThan(0.1)
  expect(bars[1]!.seq).toBe(overview.parts[1]!.first)
})
test('a part where much was refused has a mark; words say when, what and how many', () => {
  const [part] = overview.parts.slice(-1)
  const plain = { ...part!, refused: 0, delayed: 0, findings: 0, first: 1000, last: 1999 }
  const marks = overviewBars([plain, { ...plain, refused: 100 }, { ...plain, delayed: 100 }]).map(({ mark }) => mark) // prettier-ignore
  expect(marks).toEqual(['none', 'refused', 'delayed'])
  expect(partWords({ ...plain, refused: 1200, findings: 1 })).toMatch(/^mostly \w+, at .*, took .*, events 1,000 to 1,999, 1,200 refused, 1 finding$/) // prettier-ignore
})
