import { expect, test } from 'vitest'
import { lateOutcome, LinkRecord } from '#engine/relay/queue/linkRecord.ts'
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
  expect(record.verdict(outcome, { cancelled: false, late: false })).toMatchObject({
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

test('given up because others waited: said so, and no reason to do without TLS', () => {
  const record = new LinkRecord({ deps: { hub: memoryHub(), clock }, target: { host: 'mx.example', port: 25, tls: 'starttls' }, auth: undefined, title: '', remarks: [] }) // prettier-ignore
  const outcome = lateOutcome({ patience: 30_000 })
  record.end(outcome, { asked: false, cut: false, talked: true })
  expect(record.verdict(outcome, { cancelled: false, late: true })).toMatchObject({
    words: 'Not ready for mail within 30 s; given up early, because other mail waited for a connection',
    enhanced: '4.4.1',
    tlsFailed: false,
    cancelled: false,
  })
})
