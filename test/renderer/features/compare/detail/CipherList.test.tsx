import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CipherList, Reasons } from '#renderer/features/compare/detail/CipherList.tsx'
import { versionSuites, weakReasons } from '#renderer/model/probeDetailCiphers.ts'
import { scanned } from '../../../../support/probeDetail.ts'

const reasons = weakReasons(scanned.ciphers)
const [newest, many, old] = versionSuites(scanned)

test('the first ones, the weak ones said with their reason, the rest on asking', async () => {
  render(<CipherList version={many!} reasons={reasons} />)
  const list = screen.getByRole('list', { name: 'Cipher suites of TLS 1.2' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(6)
  expect(list.textContent).toContain('no forward secrecy, RFC 9325 §4.1')
  const more = screen.getByRole('button', { name: /Show all 8 suites, 1 of the others broken/ })
  expect(more.getAttribute('aria-expanded')).toBe('false')
  await userEvent.click(more)
  expect(within(list).getAllByRole('listitem')).toHaveLength(8)
  expect(screen.getByText('x25519')).toBeTruthy()
})

test('an order is a numbered list; a version out of use is said to be', () => {
  const { rerender, container } = render(<CipherList version={newest!} reasons={reasons} />)
  expect(container.querySelector('ol')).toBeTruthy()
  rerender(<CipherList version={old!} reasons={reasons} />)
  expect(screen.getByText('out of use')).toBeTruthy()
})

test('what the letters mean', () => {
  const { container, rerender } = render(<Reasons reasons={reasons} />)
  expect(screen.getByText(/broken: no encryption at all/)).toBeTruthy()
  rerender(<Reasons reasons={[]} />)
  expect(container.textContent).toBe('')
})
