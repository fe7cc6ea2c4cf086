import { expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { changeContents, contentsOf } from '#shared/transcript/redact/content.ts'

const chunk = (seq: number, offset: number, raw?: string): TranscriptEvent => ({
  session: 's', seq, at: 0, phase: 'body', direction: 'to-server', kind: 'chunk', body: 1, offset, size: raw?.length ?? 9,
  last: false, encoding: 'data', ...(raw === undefined ? {} : { raw }),
}) // prettier-ignore

const changed = (events: TranscriptEvent[], change: (text: string) => string): TranscriptEvent[] => {
  const work = changeContents(events, change)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value.events
  }
}

test('a name across two chunks is changed, and the chunks fit together', () => {
  const events = [chunk(1, 0, 'Xx: al'), chunk(2, 6, 'ice'), chunk(3, 9, '!')]
  expect(changed(events, (text) => text.replace('alice', 'person1'))).toEqual([
    chunk(1, 0, 'Xx: pe'),
    chunk(2, 6, 'rso'),
    chunk(3, 9, 'n1!'),
  ])
  const shorter = changed(events, (text) => text.replace('Xx: alice', 'x'))
  expect(shorter).toEqual([chunk(1, 0, 'x!'), chunk(2, 2, ''), chunk(3, 2, '')])
})

test('content that is not here is left alone', () => {
  expect(changed([chunk(1, 0)], () => 'x')).toEqual([chunk(1, 0)])
  expect(contentsOf([chunk(1, 0)])).toEqual([])
})
