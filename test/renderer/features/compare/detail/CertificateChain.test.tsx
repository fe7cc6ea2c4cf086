import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CertificateChain } from '#renderer/features/compare/detail/CertificateChain.tsx'
import { chainView } from '#renderer/model/probeDetailChain.ts'
import { certificate, found, intermediate, now, withChain } from '../../../../support/probeDetail.ts'

const draw = (verified: boolean, codes: string[] = []) =>
  render(
    <CertificateChain
      view={chainView(withChain([certificate(), intermediate], { verified }), codes.map((code) => found({ code })), now)!}
      verified={verified}
    />,
  ) // prettier-ignore

test('leaf to root, linked; a root that need not be sent', () => {
  draw(true)
  expect(screen.getByRole('list', { name: /Certificate chain/ }).children).toHaveLength(3)
  for (const words of ['the server’s own', 'signed by Trust CA 2', 'signed by Trust Root', 'known here'])
    expect(screen.getByText(words)).toBeTruthy()
})

test('a missing one is a gap with its words', () => {
  draw(false, ['certificate-chain-incomplete'])
  expect(screen.getByText('missing')).toBeTruthy()
  expect(screen.getByText('Not sent, and not known to this computer')).toBeTruthy()
})

test('what was not settled is said to be', () => {
  draw(false, ['certificate-name-mismatch'])
  expect(screen.getByText(/was not settled/)).toBeTruthy()
})
