import { expect, test } from 'vitest'
import { eventOfNote, tlsEvent } from '#engine/server/notes.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

const shown = (text: string, masked: { start: number; end: number }[] = []) => ({ bytes: utf8(text), masked })

test('a line keeps its octets, and its mask', () => {
  const masked = [{ start: 11, end: 19 }]
  const note = { kind: 'line', direction: 'to-server', phase: 'auth', verb: 'AUTH', shown: shown('AUTH PLAIN ********\r\n', masked) } as const // prettier-ignore
  expect(eventOfNote(note, 4)).toEqual({
    kind: 'line', direction: 'to-server', phase: 'auth', verb: 'AUTH', raw: 'AUTH PLAIN ********\r\n', masked,
  }) // prettier-ignore
})

test('octets above 127 become one character each, absent fields stay absent', () => {
  const note = {
    kind: 'line',
    direction: 'to-server',
    phase: 'other',
    verb: undefined,
    shown: shown('ä\r\n'),
  } as const
  expect(eventOfNote(note, 1)).toStrictEqual({
    kind: 'line',
    direction: 'to-server',
    phase: 'other',
    raw: 'Ã¤\r\n',
  })
})

test('a reply and a chunk', () => {
  const reply = { kind: 'reply', direction: 'to-client', phase: 'mail', code: 250, enhanced: '2.1.0', shown: shown('250 2.1.0 Ok\r\n') } as const // prettier-ignore
  expect(eventOfNote(reply, 1)).toEqual({ kind: 'reply', direction: 'to-client', phase: 'mail', code: 250, enhanced: '2.1.0', raw: '250 2.1.0 Ok\r\n' }) // prettier-ignore
  const chunk = {
    kind: 'chunk',
    direction: 'to-server',
    body: 1,
    offset: 0,
    size: 5,
    last: true,
    encoding: 'data',
  } as const
  expect(eventOfNote(chunk, 1)).toEqual({ ...chunk, phase: 'body' })
})

test('a finding points at the event before it', () => {
  const note = { kind: 'finding', phase: 'starttls', code: 'starttls-plaintext-injected', severity: 'warning', side: 'client', message: 'm', next: 'n' } as const // prettier-ignore
  expect(eventOfNote(note, 7)).toMatchObject({
    evidence: [7],
    confidence: 'certain',
    direction: 'none',
  })
  expect(eventOfNote(note, 0)).toMatchObject({ evidence: [] })
})

test('a TLS event carries what was agreed, or why nothing was', () => {
  expect(tlsEvent({ outcome: 'established', took: 5, version: 'TLSv1.3' })).toEqual({
    kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 5, version: 'TLSv1.3',
  }) // prettier-ignore
  const fault = { code: 'tls-closed', message: 'y' }
  expect(tlsEvent({ outcome: 'failed', took: 5, fault })).toMatchObject({ outcome: 'failed', fault })
})
