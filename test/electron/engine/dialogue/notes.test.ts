import { expect, test } from 'vitest'
import { alertEvent, noteEvent } from '#engine/dialogue/notes.ts'

const shown = { bytes: new Uint8Array([0x41, 0xff]), masked: [] }

test('a line keeps its octets, and says when it was sealed', () => {
  const note = { kind: 'line', direction: 'to-server', phase: 'mail', shown, verb: 'MAIL' } as const
  expect(noteEvent(note, false, 1)).toEqual({
    kind: 'line',
    direction: 'to-server',
    phase: 'mail',
    raw: 'A\u00ff',
    verb: 'MAIL',
  })
  expect(noteEvent(note, true, 1)).toMatchObject({ sealed: true })
})

test('masked ranges are kept when there are some', () => {
  const masked = [{ start: 0, end: 1 }]
  const note = {
    kind: 'reply',
    direction: 'to-client',
    phase: 'auth',
    shown: { ...shown, masked },
    code: 535,
  } as const
  expect(noteEvent(note, false, 1)).toMatchObject({ kind: 'reply', code: 535, masked })
})

test('a chunk belongs to the body, a finding to the event before it', () => {
  const chunk = {
    kind: 'chunk',
    direction: 'to-server',
    body: 1,
    offset: 0,
    size: 5,
    last: true,
    encoding: 'data',
  } as const
  expect(noteEvent(chunk, false, 1)).toMatchObject({ phase: 'body', size: 5 })
  const finding = {
    kind: 'finding',
    phase: 'rcpt',
    code: 'greylisted',
    severity: 'warning',
    side: 'server',
    message: 'm',
    next: 'n',
  } as const
  expect(noteEvent(finding, true, 7)).toMatchObject({
    direction: 'none',
    confidence: 'certain',
    evidence: [7],
  })
})

test('an alert after the handshake is a failed handshake', () => {
  const fault = { code: 'alert-certificate-required', message: 'the TLS alert certificate-required' }
  expect(alertEvent(fault)).toMatchObject({ kind: 'tls', outcome: 'failed', fault })
})
