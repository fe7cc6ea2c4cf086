import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsCard } from '#renderer/features/dialogue/TlsCard.tsx'
import type { EventOf } from '#shared/transcript/event.ts'
import { badCertificate, held } from '../../../support/page/scenes.ts'

const tls = (built: ReturnType<typeof held>) => built.events.find((event) => event.kind === 'tls')!
const text = (event: EventOf<'tls'>) => render(<TlsCard event={event} startedAt={new Date().toISOString()} />).container.textContent // prettier-ignore
test('version, cipher, group, name check, chain up to the root, days', () => {
  expect(text(tls(held()))).toBe('TLS 1.3 handshakeX25519, AES-256-GCMName matchessmtp.harbour.exampleHarbour CA 2Example Root R161 days') // prettier-ignore
})
test('what is wrong with the certificate, and why a handshake failed', () => {
  expect(text(tls(badCertificate()))).toContain('The certificate is for another name.')
  expect(text({ ...tls(held()), outcome: 'failed', fault: { code: 'x', message: 'The server hung up.' } })).toContain('TLS handshake failed') // prettier-ignore
})
