import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { fireEvent } from '@testing-library/react'
import { ClientCertificatePart } from '#renderer/features/send/ClientCertificatePart.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const block = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('dropped files are told apart; certificate and key can be taken out again', async () => {
  const { stores, container } = renderRoom(<ClientCertificatePart />)
  const files = [new File([block('CERTIFICATE')], 'c.pem'), new File([block('PRIVATE KEY')], 'k.pem')]
  fireEvent.drop(screen.getByRole('group', { name: /Client certificate/ }), {
    dataTransfer: { files, types: ['Files'] },
  })
  expect(await screen.findByText('Certificate is here')).toBeTruthy()
  expect(screen.getByText(/Key, until the app closes/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Forget the key' }))
  expect(screen.getByText('Its key is missing')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Remove the client certificate' }))
  expect(stores.compose.getState()).toMatchObject({ draft: { clientCert: '' }, secrets: { clientKey: '' } })
})
test('a wrong file is answered in words', async () => {
  renderRoom(<ClientCertificatePart />)
  fireEvent.drop(screen.getByRole('group', { name: /Client certificate/ }), {
    dataTransfer: { files: [new File(['x'], 'x.p12')], types: ['Files'] },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('no certificate')
})
test('the passphrase stays in memory', async () => {
  const { stores, services } = renderRoom(<ClientCertificatePart />)
  await userEvent.type(screen.getByLabelText('Passphrase of the key'), 'phrase7')
  expect(stores.compose.getState().secrets.passphrase).toBe('phrase7')
  expect([...services.saved.values()].join()).not.toContain('phrase7')
})
