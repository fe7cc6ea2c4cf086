import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsCard } from '#renderer/features/dialogue/TlsCard.tsx'
import type { EventOf } from '#shared/transcript/event.ts'
import { badCertificate, held } from '../../../support/page/scenes.ts'

const tls = (built: ReturnType<typeof held>) => built.events.find((event) => event.kind === 'tls')!
const text = (event: EventOf<'tls'>, at = new Date().toISOString()) => render(<TlsCard event={event} startedAt={at} />).container.textContent // prettier-ignore
const good = tls(held())
const dated = { ...good, chain: good.chain!.map((one) => ({ ...one, validFrom: '2026-01-02T00:00:00Z', validTo: 'Mar 4 00:00:00 2026 GMT' })) } // prettier-ignore

test('version, group, cipher, name asked for, check, days, chain with names and dates up to the root', () => {
  expect(text({ ...dated, alpn: 'smtp' }, '2026-02-01T12:00:00Z')).toBe(
    'TLS 1.3 handshakeX25519, AES-256-GCMSNI smtp.harbour.exampleALPN smtpName matches, chain trusted30 days left' +
      'smtp.harbour.example2026-01-02 to 2026-03-04Harbour CA 22026-01-02 to 2026-03-04Example Root R1not sent',
  )
})
test('what is wrong with the certificate, and why a handshake failed', () => {
  expect(text(tls(badCertificate()))).toContain('Not verified. The certificate is for another name.')
  expect(text({ ...good, outcome: 'failed', fault: { code: 'x', message: 'The server hung up.' } })).toContain('TLS handshake failed') // prettier-ignore
  const bare = { ...good, outcome: 'failed' as const, verified: false, fault: { code: 'x', message: 'the certificate is not accepted' }, problem: { code: 'y', message: 'the chain could not be verified' } } // prettier-ignore
  expect(text(bare)).toMatch(
    /The certificate is not accepted\.Not verified\. The chain could not be verified\./,
  )
})
test('a certificate of another time is said to be so', () => {
  expect(text(dated, '2026-03-06T12:00:00Z')).toContain('expired 2 days ago')
  expect(text(dated, '2025-12-31T00:00:00Z')).toContain('not valid for 2 days yet')
  expect(text({ ...dated, chain: [{ ...dated.chain[0]!, validTo: 'never' }] })).toContain(
    '2026-01-02 to never',
  )
})
test('names of strangers are cut by the drawing, not by the text, and cannot turn the direction', () => {
  const long = `${'a'.repeat(400)}.example`
  const chain = [
    { ...dated.chain[0]!, subject: `CN=${long}` },
    { ...dated.chain[1]!, subject: 'CN=ab\u202etxt' },
  ]
  const { container } = render(<TlsCard event={{ ...dated, chain }} startedAt={undefined} />)
  expect(container.querySelector(`[title="${long}"]`)).not.toBeNull()
  expect(container.textContent).toContain('ab\\u{202e}txt')
})
test('a long chain is drawn to its fourth link and counted', () => {
  const chain = Array.from({ length: 9 }, (_, place) => ({ ...dated.chain[0]!, fingerprint256: `f${place}` }))
  expect(text({ ...dated, chain })).toContain('and 5 more')
})
