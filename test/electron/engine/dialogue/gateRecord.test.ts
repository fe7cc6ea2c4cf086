import { expect, test } from 'vitest'
import { GateRecord } from '#engine/dialogue/gateRecord.ts'
import { Held } from '#engine/dialogue/held.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const line: Outgoing = {
  id: 1,
  kind: 'reply',
  phase: 'rcpt',
  bytes: encode('secret'),
  shown: { bytes: encode('250 ok\r\n'), masked: [] },
}

function record(sealed: boolean) {
  const events: EventBody[] = []
  const journal = {
    recorder: { held: () => {}, conceal: () => {} },
    elapsed: () => 50,
    write: (event: EventBody) => void events.push(event),
  }
  return { made: new GateRecord(journal, 'to-client', () => sealed), events }
}

test('how long a line was held and why', () => {
  const { made, events } = record(false)
  made.wait(new Held(line, { why: 'delay', words: '' }, 20))
  expect(events).toEqual([{ kind: 'wait', phase: 'rcpt', direction: 'none', why: 'delay', took: 30 }])
})

test('what was changed: as it would have been and as it is, shown bytes only, sealed inside TLS', () => {
  const { made, events } = record(true)
  made.edit('edited', line, encode('550 no\r\n'))
  made.edit('reset', undefined)
  expect(events).toEqual([
    {
      kind: 'edit',
      phase: 'rcpt',
      direction: 'to-client',
      sealed: true,
      action: 'edited',
      before: '250 ok\r\n',
      after: '550 no\r\n',
    },
    { kind: 'edit', phase: 'other', direction: 'to-client', sealed: true, action: 'reset' },
  ])
})
