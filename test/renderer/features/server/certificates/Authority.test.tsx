import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Authority } from '#renderer/features/server/certificates/Authority.tsx'
import { certificates } from '#test/support/certificates.ts'
import { savedFiles } from '#test/support/page/savedFiles.ts'

const saved = savedFiles()

test('its fingerprint in two lines, until when, and as a file in both forms', async () => {
  const trust = vi.fn()
  render(<Authority authority={certificates().authority} onTrust={trust} />)
  expect(screen.getByText('valid until 28 February 2036')).toBeTruthy()
  expect(screen.getByText(/^00:01:02.*0F$/)).toBeTruthy()
  // It begins a day before it is made, for clocks that are behind: the date is of its validity.
  expect(screen.getByText('1 March 2026').previousElementSibling?.textContent).toBe('Valid from')
  expect(screen.getByText('/data/certs/ca.pem')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Save as PEM' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save as DER' }))
  expect(saved()).toEqual(['relayscope-ca.pem', 'relayscope-ca.der'])
  await userEvent.click(screen.getByRole('button', { name: 'Trust it …' }))
  expect(trust).toHaveBeenCalled()
})
