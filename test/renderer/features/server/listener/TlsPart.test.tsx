import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { TlsPart } from '#renderer/features/server/listener/TlsPart.tsx'
import { certificates, ownCertificate, tlsSupport } from '#test/support/certificates.ts'
import { violations } from '#test/support/page/axe.ts'
import { roomServices } from '#test/support/page/room.tsx'
import { renderPart } from './support.tsx'

const part = (props: Parameters<typeof TlsPart>[0]) => <TlsPart {...props} />
function known() {
  const services = roomServices()
  const own = [ownCertificate(), ownCertificate({ name: 'old', usable: false })]
  services.stores.certificates.getState().set({ certificates: certificates(own), support: tlsSupport() })
  return services
}

test('what this computer cannot speak is shown as such, with the reason', async () => {
  const { draft, container } = renderPart(part, {}, {}, known())
  expect(screen.getByText(/TLS 1\.0 cannot be spoken: This library was built without it/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /Lowest version/ }))
  expect(screen.getByRole('option', { name: /TLS 1\.0/ }).getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(screen.getByRole('option', { name: 'TLS 1.3' }))
  expect(draft().tlsVersions).toEqual({ min: '1.3', max: '1.3' })
})
const choose = async (name: RegExp) => {
  await userEvent.click(screen.getByRole('button', { name: /Certificate/ }))
  await userEvent.click(screen.getByRole('option', { name }))
}
test('an own certificate, and the app’s again; ciphers as they are typed', async () => {
  const { draft } = renderPart(part, {}, {}, known())
  await choose(/^mx/)
  expect(draft().certificate).toBe('mx')
  await choose(/The app’s/)
  expect(draft()).not.toHaveProperty('certificate')
  await userEvent.type(screen.getByRole('textbox', { name: 'Ciphers' }), 'AESGCM')
  expect(draft().ciphers).toBe('AESGCM')
})
test('one that is gone is still named; problems stand at their fields', async () => {
  renderPart(part, { certificate: 'gone' }, { certificate: 'C.', ciphers: 'X.', tlsVersions: 'V.' }, known())
  for (const words of ['C.', 'X.', 'V.']) expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getByRole('button', { name: /Certificate/ }).textContent).toContain('gone')
})
test('without TLS there is nothing of it', () => {
  renderPart(part, { tls: 'plain' })
  expect(screen.getByText(/has no TLS/)).toBeTruthy()
})
