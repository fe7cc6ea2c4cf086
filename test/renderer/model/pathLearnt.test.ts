import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { pathLearnt, recordOf, tlsBefore } from '#renderer/model/pathLearnt.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'
import { held, refused } from '../../support/page/scenes.ts'

const logOf = (events: readonly TranscriptEvent[]) => appendEvents(emptyLog(), { events })
const told = (events: readonly TranscriptEvent[], seq = 9999) =>
  Object.fromEntries(pathLearnt(logOf(events), seq).map(({ what, words }) => [what, words]))

test('after STARTTLS: names before it, nothing of the password', () => {
  const path = told(held().events)
  expect(path).toMatchObject({
    'Client’s EHLO name': 'laptop.shop.example',
    'Server says it is': 'smtp.harbour.example ESMTP ready',
    'Name in the ClientHello': 'smtp.harbour.example',
    'Sign-in': 'nothing of user name or password',
  })
  expect(path['Sealed']).toContain('4 lines')
  expect(path['Certificate']).toBeUndefined()
})

test('in clear: sender, recipients, and that the secret was seen, never the secret', () => {
  expect(told(refused().events)).toMatchObject({ Sender: '<orders@shop.example>', Recipients: '<nobody@elsewhere.example>' }) // prettier-ignore
  const { events } = new TranscriptBuilder({ id: 's' }).client('AUTH PLAIN ********', 1, { masked: [11, 19] }).body(900).build() // prettier-ignore
  const path = told(events)
  expect(path).toMatchObject({ 'Sign-in': 'user name and password', Message: '900 B, every word' })
  expect(JSON.stringify(path)).not.toContain('*')
})

test('only what came by then; TLS 1.2 shows the certificate', () => {
  expect(told(held().events, 3)['Client’s EHLO name']).toBeUndefined()
  const { events } = new TranscriptBuilder({ id: 's' }).tls(10, { version: 'TLSv1.2' }).build()
  expect(told(events)['Certificate']).toBe('smtp.harbour.example')
  expect(tlsBefore(logOf(events), 1)?.version).toBe('TLSv1.2')
})

test('a TLS record’s size, where it is certain', () => {
  expect(recordOf(37, { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' })).toEqual({ octets: 59, header: '17 03 03 00 36' }) // prettier-ignore
  expect(recordOf(37, { version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' })?.octets).toBe(66)
  expect(recordOf(37, { version: 'TLSv1.2', cipher: 'ECDHE-RSA-CHACHA20-POLY1305' })?.octets).toBe(58)
  expect(recordOf(37, { version: 'TLSv1.2', cipher: 'AES128-SHA' })).toBeUndefined()
  expect(recordOf(20_000, { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' })).toBeUndefined()
})

test('a handshake that failed has shown the name asked for too', () => {
  const { events } = new TranscriptBuilder({ id: 's' }).tls(10).build()
  const failed = events.map((event) =>
    event.kind === 'tls' ? { ...event, outcome: 'failed' as const } : event,
  )
  expect(told(failed)['Name in the ClientHello']).toBe('smtp.harbour.example')
})
