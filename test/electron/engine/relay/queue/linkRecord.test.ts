import { expect, test } from 'vitest'
import { LinkRecord } from '#engine/relay/queue/linkRecord.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { clock } from '#test/support/dialogue/start.ts'

test('begins with what is known, ends with why, and holds no secret', () => {
  const hub = memoryHub()
  const auth = { user: 'u', password: 'open sesame' }
  const record = new LinkRecord({
    deps: { hub, clock },
    target: { host: 'mx.example', port: 25, tls: 'starttls' },
    auth,
    title: 'To x.example, 1 message',
    remarks: ['By MX, open sesame.'],
  })
  expect(record.nextSeq).toBe(2)
  const outcome = { how: 'failed', by: 'network', message: 'No connection.' } as const
  record.end(outcome, { asked: false, cut: false, talked: false })
  expect(record.verdict(outcome, false)).toMatchObject({
    words: 'No connection.',
    host: 'mx.example:25',
    session: record.session,
  })
  const { head, events } = hub.sessions.get(record.session)!
  expect(head).toEqual({
    source: 'relay',
    role: 'client',
    host: 'mx.example',
    port: 25,
    tls: 'starttls',
    title: 'To x.example, 1 message',
  })
  expect(events).toMatchObject([
    { kind: 'remark', text: 'By MX, ********.' },
    { kind: 'end', outcome: 'failed' },
  ])
})
