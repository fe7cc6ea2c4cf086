import { expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { withoutBodies } from '#shared/transcript/redact/bodies.ts'

const chunk = (seq: number, body: number, raw?: string): TranscriptEvent => ({
  session: 's', seq, at: seq, phase: 'body', direction: 'to-server', kind: 'chunk', body, offset: 0, size: 3, last: true,
  encoding: 'data', ...(raw === undefined ? {} : { raw }),
}) // prettier-ignore

test('octets go, sizes stay, bodies are counted once', () => {
  const { events, bodies } = withoutBodies([chunk(1, 1, 'abc'), chunk(2, 1, 'def'), chunk(3, 2)])
  expect(bodies).toBe(2)
  expect(events).toEqual([chunk(1, 1), chunk(2, 1), chunk(3, 2)])
})
