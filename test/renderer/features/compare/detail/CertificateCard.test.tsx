import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CertificateCard } from '#renderer/features/compare/detail/CertificateCard.tsx'
import { chainView } from '#renderer/model/probeDetailChain.ts'
import { certificate, found, hostile, now, withChain } from '../../../../support/probeDetail.ts'

const draw = (change: Parameters<typeof certificate>[0] = {}, code?: string) => {
  const tls = withChain([certificate(change)], { verified: code === undefined })
  const view = chainView(tls, code === undefined ? [] : [found({ code })], now)!
  return render(<CertificateCard certificate={view.certificates[0]!} trusted={false} />)
}

test('whose, until when, how signed, for which names; many names fold', async () => {
  draw()
  for (const words of ['the server’s own', 'today, 61 days left', 'RSA 2048 · RSA with SHA-256 · for server', 'a.test'])
    expect(screen.getByText(words)).toBeTruthy()
  expect(screen.queryByText('e.test')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'and 2 more names' }))
  expect(screen.getByText('e.test')).toBeTruthy()
}) // prettier-ignore

test('every fault apart', () => {
  draw({ validTo: '2026-02-26T00:00:00Z', key: 'RSA 1024' }, 'certificate-name-mismatch')
  for (const words of ['Expired 3 days ago', 'RSA 1024 is too short, 2048 bits are the least', 'Not for the name that was asked for'])
    expect(screen.getByText(words)).toBeTruthy()
}) // prettier-ignore

test('a stranger’s name cannot turn the writing direction', () => {
  const { container } = draw({ subject: `CN=${hostile}` })
  expect(container.textContent).not.toContain('\u202e')
})
