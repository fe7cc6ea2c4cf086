import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CertificatePart } from '#renderer/features/send/CertificatePart.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('switching the check off says exactly what is waived', async () => {
  const { stores } = renderRoom(<CertificatePart />)
  await userEvent.click(screen.getByRole('switch', { name: /Check the certificate/ }))
  expect(stores.compose.getState().draft.certificate).toBe('accept')
  expect(screen.getByText(/a wrong name, a past date or an unknown issuer/)).toBeTruthy()
})
test('a root certificate can be pasted, and its problem stands there', async () => {
  const { stores } = renderRoom(<CertificatePart />)
  await userEvent.type(screen.getByRole('textbox', { name: /root certificates/ }), 'PEM')
  expect(stores.compose.getState().draft.ca).toBe('PEM')
  stores.compose.getState().setProblems({ ca: 'It cannot be read.' })
  expect(await screen.findByText('It cannot be read.')).toBeTruthy()
})
test('the local authority is mentioned only where it counts', () => {
  const services = roomServices()
  services.stores.connection.getState().set({
    info: {
      version: '1',
      host: 'test',
      platform: '',
      dataFolder: '',
      caFile: '',
      caPem: 'PEM',
      runtime: '',
    },
  })
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, host: 'localhost' })
  renderRoom(<CertificatePart />, services)
  expect(screen.getByText(/local server’s own authority/)).toBeTruthy()
})
