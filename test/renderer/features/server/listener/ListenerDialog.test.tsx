import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ListenerDialog } from '#renderer/features/server/listener/ListenerDialog.tsx'
import { RpcError } from '#shared/rpc/error.ts'
import { listenerStatus, serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const { listeners, limits } = serverStatus()
const port = () => screen.getByRole('textbox', { name: 'Port' })

test('the port has the focus; a wrong one is told and nothing is saved', async () => {
  const close = vi.fn()
  const { client } = renderRoom(
    <ListenerDialog listener={null} all={listeners} limits={limits} onClose={close} />,
  )
  await waitFor(() => expect(document.activeElement).toBe(port()))
  await userEvent.keyboard('70000')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/“70000” is not a whole number from 0 to 65535/)).toBeTruthy()
  expect(client.asked('server.configure')).toEqual([])
  expect(close).not.toHaveBeenCalled()
  expect(await violations(document.body)).toEqual([])
})
test('an address that others can reach is refused', async () => {
  renderRoom(<ListenerDialog listener={null} all={listeners} limits={limits} onClose={() => {}} />)
  await userEvent.type(port(), '1025')
  await userEvent.clear(screen.getByRole('textbox', { name: 'Address' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), '0.0.0.0')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/can be reached from other machines/)).toBeTruthy()
})
test('a new one is added to the others', async () => {
  const close = vi.fn()
  const { client } = renderRoom(
    <ListenerDialog listener={null} all={listeners} limits={limits} onClose={close} />,
  )
  await userEvent.type(port(), '1025')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('server.configure')[0]?.listeners?.map((one) => one.port)).toEqual([
    2525, 2587, 2465, 1025,
  ])
})
test('a changed one keeps its place', async () => {
  const { client } = renderRoom(
    <ListenerDialog listener={listeners[1]!} all={listeners} limits={limits} onClose={() => {}} />,
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

const fold = (name: RegExp) => userEvent.click(screen.getByRole('button', { name }))
const edit = (change: Parameters<typeof listenerStatus>[0] = {}) => {
  const listener = listenerStatus(change)
  const close = vi.fn()
  return { ...renderRoom(<ListenerDialog listener={listener} all={[listener]} limits={limits} onClose={close} />), close } // prettier-ignore
}

test('what is not touched is saved as it was: no field is dropped', async () => {
  const rule = { label: 'Kept', mechanisms: ['login' as const], ciphers: 'AESGCM', extensions: ['SIZE' as const], limits: { line: 600 }, mappedPort: 0, enabled: false } // prettier-ignore
  const { client } = edit(rule)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(client.asked('server.configure')[0]?.listeners?.[0]).toMatchObject({ ...rule, port: 2525 })
})
test('the usual fields are in sight, the rest in five groups, every one of them clean', async () => {
  edit({ clientCertificate: 'asked' })
  for (const name of [/^Mechanisms/, /^TLS versions/, /^Extensions/, /^Limits/, /^Reach/]) await fold(name)
  expect(screen.getAllByRole('textbox').length).toBeGreaterThan(14)
  expect(await violations(document.body)).toEqual([])
})
test('what the engine refuses stands at its field, unfolded and with the focus', async () => {
  const { client, close } = edit({ ciphers: 'NOPE' })
  client.on('server.configure', () => ({ status: serverStatus(), problems: [{ field: 'listeners[0].ciphers', value: 'NOPE', message: 'names no cipher' }] })) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  const field = await screen.findByRole('textbox', { name: 'Ciphers' })
  expect(screen.getByText('“NOPE” names no cipher.')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(field))
  expect(close).not.toHaveBeenCalled()
  await userEvent.type(field, 'X')
  expect(screen.queryByText('“NOPE” names no cipher.')).toBeNull()
  expect(document.activeElement).toBe(field)
})
test('a port that is taken is no refusal: it is saved, and its card says so', async () => {
  const { client, close, stores } = edit()
  client.on('server.configure', () => ({ status: serverStatus(), problems: [{ field: 'listeners[0]', value: 'x', message: 'Port 2525 is taken.' }] })) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(stores.server.getState().problems).toEqual([])
  expect(stores.view.getState().announcement).toContain('is taken')
})
test('what fails as a whole is said above the form, which stays', async () => {
  const { client, close } = edit()
  client.on('server.configure', () => {
    throw new RpcError('internal', 'The disk is full.')
  })
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.')
  expect(close).not.toHaveBeenCalled()
})
test('while it runs it is said what becomes of sessions', async () => {
  const { stores } = edit()
  expect(screen.queryByText(/Sessions that run stay/)).toBeNull()
  act(() => stores.server.getState().set({ status: serverStatus() }))
  expect(screen.getByText(/Sessions that run stay/)).toBeTruthy()
})
