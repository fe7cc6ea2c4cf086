import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsSection } from '#renderer/features/dialogue/TlsSection.tsx'
import { badCertificate } from '../../../support/page/scenes.ts'

test('facts and every certificate; what is not known is left out', () => {
  const event = badCertificate().events.find((found) => found.kind === 'tls')!
  const { container } = render(<TlsSection event={event} />)
  expect(container.textContent).toContain('CipherTLS_AES_256_GCM_SHA384')
  expect(container.textContent).toContain('not verified')
  expect(container.textContent).toContain('Signed byHarbour CA 2')
  expect(container.textContent).not.toContain('ALPN')
})
