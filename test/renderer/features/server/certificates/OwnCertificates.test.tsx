import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { OwnCertificates } from '#renderer/features/server/certificates/OwnCertificates.tsx'
import { certificates, ownCertificate } from '#test/support/certificates.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('none is said', () => {
  renderRoom(<OwnCertificates own={[]} />)
  expect(screen.getByText(/None yet/)).toBeTruthy()
})
test('for whom, until when, and what is worth knowing', async () => {
  const lost = ownCertificate({ name: 'lost', usable: false, notices: ['Its chain is not whole.'] })
  const { container } = renderRoom(<OwnCertificates own={[ownCertificate(), lost]} />)
  expect(screen.getAllByText('mx.example.test, mail.example.test')).toHaveLength(2)
  expect(screen.getByText(/Its key is not here any more/)).toBeTruthy()
  expect(screen.getByText(/Its chain is not whole/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('is removed after asking; the safe answer has the focus', async () => {
  const { client } = renderRoom(<OwnCertificates own={[ownCertificate()]} />)
  client.on('server.removeCertificate', () => ({ certificates: certificates(), problems: [] }))
  await userEvent.click(screen.getByRole('button', { name: 'Remove the certificate mx' }))
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Keep it'))
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(client.asked('server.removeCertificate')).toEqual([{ name: 'mx' }])
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
})
test('one that a listener uses stays, and the reason is told', async () => {
  const { client } = renderRoom(<OwnCertificates own={[ownCertificate()]} />)
  client.on('server.removeCertificate', () => ({ certificates: certificates(), problems: [{ field: 'name', value: 'mx', message: 'is used by the listener on 127.0.0.1:25' }] })) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Remove the certificate mx' }))
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect((await screen.findByRole('alert')).textContent).toContain('is used by the listener on 127.0.0.1:25')
})
