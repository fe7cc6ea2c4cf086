import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DeliveryDialog } from '#renderer/features/relay/DeliveryDialog.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayStatus } from '#test/support/relay/page.ts'

test('everything to one host, with the name server and port under its head', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<DeliveryDialog onClose={close} />, filledRelay())
  await userEvent.click(screen.getByRole('radio', { name: 'To one host' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText(/The host is empty/)).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Host' }), '127.0.0.1')
  await userEvent.click(screen.getByRole('button', { name: /^Name server and port/ }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Name server' }), '127.0.0.1:5353')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('relay.setSettings')[0]).toMatchObject({
    delivery: { to: 'host', host: '127.0.0.1', port: 587, tls: 'starttls' },
    resolver: '127.0.0.1:5353',
  })
})
test('what the engine refuses stands at its field', async () => {
  const services = filledRelay()
  services.client.on('relay.setSettings', () => ({ status: relayStatus(), problems: [{ field: 'resolver', value: 'x', message: 'x is no address.' }] })) // prettier-ignore
  renderRoom(<DeliveryDialog onClose={() => {}} />, services)
  await userEvent.click(screen.getByRole('radio', { name: 'To the Inbox' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('x is no address.')).toBeTruthy()
})
