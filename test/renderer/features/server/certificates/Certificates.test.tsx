import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Certificates } from '#renderer/features/server/certificates/Certificates.tsx'
import { RpcError } from '#shared/rpc/error.ts'
import { certificates, ownCertificate } from '#test/support/certificates.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('the authority, one’s own, and the three ways on', async () => {
  const services = roomServices()
  services.client.on('server.certificates', () => certificates([ownCertificate()]))
  const { container } = renderRoom(<Certificates />, services)
  expect(screen.getByText('Reading the certificates …')).toBeTruthy()
  expect(await screen.findByRole('article', { name: 'The app’s authority' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  for (const [button, dialog] of [
    ['Trust it …', 'Trust the app’s authority'],
    ['Add your own', 'Add your own certificate'],
    ['For a client', 'A certificate for a client'],
  ] as const) {
    await userEvent.click(screen.getByRole('button', { name: button }))
    expect(screen.getByRole('dialog', { name: dialog })).toBeTruthy()
    await userEvent.keyboard('{Escape}')
  }
})
test('a failure says why and can be tried again', async () => {
  const services = roomServices()
  services.client.on('server.certificates', () => {
    throw new RpcError('internal', 'The folder is gone.')
  })
  renderRoom(<Certificates />, services)
  expect((await screen.findByRole('status')).textContent).toContain('The folder is gone.')
  services.client.on('server.certificates', () => certificates())
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('The app’s authority')).toBeTruthy()
  expect(screen.queryByText(/could not be read/)).toBeNull()
})
