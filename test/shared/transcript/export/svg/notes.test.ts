import { describe, expect, test } from 'vitest'
import type { EventOf } from '#shared/transcript/event.ts'
import { drawBand, drawLink, drawNote, drawTls } from '#shared/transcript/export/svg/notes.ts'
import { connectEvent, resolveEvent, tlsEvent } from '#test/support/events.ts'

const tls = (more: Partial<EventOf<'tls'>>) =>
  drawTls({ kind: 'tls', wall: 'seam', gap: 0, event: tlsEvent(1, more) }, 0, '2026-01-01T00:00:00Z').markup
const certificate = { subject: 'CN=mx.example', issuer: 'CN=CA', names: [], validFrom: '', validTo: '2026-01-11T00:00:00Z', serial: '', fingerprint256: '' } // prettier-ignore

const link = (...events: EventOf<'resolve' | 'connect'>[]) => drawLink({ kind: 'link', wall: 'none', events }, 0).markup // prettier-ignore

describe('notes', () => {
  test('look-up and connection in words', () => {
    expect(link(resolveEvent(1), connectEvent(2))).toMatch(/mx\.example has no address.*Connected over IPv4/)
    expect(link(connectEvent(2, { outcome: 'refused' }))).toContain('192.0.2.1, port 587: refused')
    const addresses = Array.from({ length: 5 }, (_, i) => ({ address: `192.0.2.${i}`, family: 4 as const }))
    expect(link(resolveEvent(1, { addresses }))).toContain('Found 192.0.2.0, 192.0.2.1, 192.0.2.2 and 2 more')
  })

  test('bands say who can read', () => {
    const band = { kind: 'band', lines: 2, octets: 14, first: true } as const
    expect(drawBand({ ...band, wall: 'open' }, 0).markup).toMatch(
      /Readable by anyone.*2 lines, 14 octets in clear/,
    )
    expect(drawBand({ ...band, wall: 'sealed' }, 0).markup).toContain('sealed from the first octet')
  })

  test('the card says what was agreed, and whether the certificate fits', () => {
    const fine = tls({ outcome: 'established', version: 'TLSv1.3', verified: true, chain: [certificate] })
    expect(fine).toMatch(/TLS 1\.3 handshake.*Name matches.*mx\.example.*10 days left/)
    expect(tls({ outcome: 'established', verified: false, problem: { code: 'x', message: 'Wrong <name>' } })).toContain('Wrong &lt;name&gt;') // prettier-ignore
    expect(tls({ outcome: 'failed', fault: { code: 'x', message: 'reset' } })).toMatch(
      /TLS handshake failed.*reset/,
    )
    expect(tls({ outcome: 'established', chain: [{ ...certificate, validTo: '2025-12-31T00:00:00Z' }] })).toContain('expired 1 day ago') // prettier-ignore
    expect(tls({ outcome: 'established', chain: [{ ...certificate, validTo: 'never' }] })).not.toContain(
      'days',
    )
  })

  test('a finding is wrapped, and grows with its lines', () => {
    const event: EventOf<'finding'> = { session: 's', seq: 1, at: 0, phase: 'other', direction: 'none', kind: 'finding', code: 'c', severity: 'error', side: 'server', confidence: 'certain', evidence: [], message: 'Short.', next: '' } // prettier-ignore
    const note = (message: string) =>
      drawNote({ kind: 'note', wall: 'open', event: { ...event, message } }, 0)
    expect(note('Short.').height).toBe(28)
    expect(note('word '.repeat(500)).height).toBe(76)
    expect(note('Short.').markup).toContain('class="i bad"')
  })
})
