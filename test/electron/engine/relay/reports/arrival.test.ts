import { expect, it } from 'vitest'
import { inboxArrival, mayBeReport, relayArrival } from '#engine/relay/reports/arrival.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { crlf, messageOf, octets } from './samples.ts'

it('looks at reports, and with an empty reverse-path at what may be an older bounce', () => {
  const report = crlf('Subject: a\nContent-Type:\n multipart/report; boundary=x\n\n')
  expect([mayBeReport(report, ''), mayBeReport(report, 'loop@x.test')]).toEqual([true, true])
  expect(mayBeReport(crlf('X-Failed-Recipients: a@b\nContent-Type: multipart/x\n\n'), '')).toBe(true)
  expect(mayBeReport(crlf('Subject: a\n\nHi. This is\n'), '')).toBe(true)
})

it('leaves other mail alone', () => {
  expect(mayBeReport(crlf('Subject: a\n\nContent-Type: multipart/report\n'), 'a@b')).toBe(false)
  expect(mayBeReport(crlf('X-Failed-Recipients: a@b\n\n'), 'a@b')).toBe(false)
  expect(mayBeReport(crlf('Content-Type: multipart/mixed; boundary=x\n\n'), '')).toBe(false)
  expect(mayBeReport(crlf('X-Content-Type: multipart/report\nContent-Type: text/plain\n\n'), 'a@b')).toBe(
    false,
  )
  expect(mayBeReport(octets('Content-Type: '.repeat(100_000)), 'a@b')).toBe(false)
})

it("comes from the relay's intake, with a copy of its start; reports of its own do not", async () => {
  const head = crlf('Subject: a\n')
  const store = { readContent: (...given: unknown[]) => Promise.resolve({ bytes: octets(given.join()), total: 1 }) } // prettier-ignore
  const arrival = relayArrival(messageOf(), head, store)
  head.fill(0)
  expect(arrival).toMatchObject({ id: '01JABC.1', session: '01JABC', sender: 'ines@quay.example', head: crlf('Subject: a\n') }) // prettier-ignore
  expect(Buffer.from((await arrival!.read(9))!.bytes).toString()).toBe('01JABC,1,0,9')
  expect(relayArrival(messageOf({ own: true }), head, store)).toBe(null)
})

it('comes from the Inbox; sessions without a message do not', async () => {
  const summary: MessageSummary = { id: 'm1', session: 's1', receivedAt: '2026-03-01T12:00:00.000Z', mailFrom: '', rcptTo: [], from: '', to: '', subject: '', size: 1, attachments: 0, unread: true, port: 25, sealed: false, starred: false, tags: [], outcome: 'kept' } // prettier-ignore
  const store = { readMessage: (...given: unknown[]) => Promise.resolve({ bytes: octets(given.join()), total: 1 }) } // prettier-ignore
  const arrival = inboxArrival(summary, store)
  expect(arrival).toMatchObject({ id: 'm1', session: 's1', sender: '', head: null })
  expect(Buffer.from((await arrival!.read(9))!.bytes).toString()).toBe('m1,0,9')
  expect(inboxArrival({ ...summary, outcome: 'refused' }, store)).toBe(null)
  const other = { ...summary, mailFrom: 'ines@quay.example' }
  expect(inboxArrival(other, store)).toBe(null)
  for (const likely of [
    { attachments: 1 },
    { from: 'Feedback loop <fbl@x.test>' },
    { mailFrom: 'MAILER-DAEMON@x.test' },
  ])
    expect(inboxArrival({ ...other, ...likely }, store)).not.toBe(null)
})
