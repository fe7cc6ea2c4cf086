import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CertificateRow } from '#renderer/features/send/CertificateRow.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('switching the check off says what is waived', async () => {
  const { stores } = renderRoom(<CertificateRow local={false} />)
  await userEvent.click(screen.getByRole('switch', { name: /Check the certificate/ }))
  expect(stores.compose.getState().draft.certificate).toBe('accept')
  expect(screen.getByText(/anyone in between could pose/)).toBeTruthy()
})
test('a root certificate can be pasted', async () => {
  const { stores } = renderRoom(<CertificateRow local={false} />)
  const opener = screen.getByRole('button', { name: 'Trust another root' })
  expect(opener.getAttribute('aria-expanded')).toBe('false')
  await userEvent.click(opener)
  await userEvent.type(screen.getByRole('textbox', { name: 'Root certificates, PEM' }), 'PEM')
  expect(stores.compose.getState().draft.ca).toBe('PEM')
})
test('a problem of the certificate opens the field', () => {
  const { stores } = renderRoom(<CertificateRow local={false} />)
  expect(screen.queryByRole('textbox')).toBeNull()
  stores.compose.getState().setProblems({ ca: 'The trusted certificate cannot be read.' })
  return screen.findByText('The trusted certificate cannot be read.')
})
test('the local authority is mentioned only where it counts', () => {
  renderRoom(<CertificateRow local />)
  expect(screen.getByText(/local server’s own authority/)).toBeTruthy()
})
