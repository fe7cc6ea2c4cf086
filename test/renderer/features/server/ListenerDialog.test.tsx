import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ListenerDialog } from '#renderer/features/server/ListenerDialog.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const { listeners } = serverStatus()
const port = () => screen.getByRole('textbox', { name: 'Port' })

test('the port has the focus; a wrong one is told and nothing is saved', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<ListenerDialog listener={null} all={listeners} onClose={close} />)
  await waitFor(() => expect(document.activeElement).toBe(port()))
  await userEvent.keyboard('70000')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/“70000” is not a whole number from 0 to 65535/)).toBeTruthy()
  expect(client.asked('server.configure')).toEqual([])
  expect(close).not.toHaveBeenCalled()
  expect(await violations(document.body)).toEqual([])
})
test('an address that others can reach is refused', async () => {
  renderRoom(<ListenerDialog listener={null} all={listeners} onClose={() => {}} />)
  await userEvent.type(port(), '1025')
  await userEvent.clear(screen.getByRole('textbox', { name: 'Address' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), '0.0.0.0')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/can be reached from other machines/)).toBeTruthy()
})
test('a new one is added to the others', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<ListenerDialog listener={null} all={listeners} onClose={close} />)
  await userEvent.type(port(), '1025')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('server.configure')[0]?.listeners?.map((one) => one.port)).toEqual([
    2525, 2587, 2465, 1025,
  ])
})
test('a changed one keeps its place', async () => {
  const { client } = renderRoom(
    <ListenerDialog listener={listeners[1]!} all={listeners} onClose={() => {}} />,
  )
  await userEvent.clear(port())
  await userEvent.type(port(), '1587')
  await userEvent.click(screen.getByRole('checkbox', { name: /only after TLS/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(client.asked('server.configure')[0]?.listeners?.[1]).toMatchObject({
    port: 1587,
    tls: 'starttls-required',
    auth: 'required',
    authOnlyAfterTls: false,
  })
})
