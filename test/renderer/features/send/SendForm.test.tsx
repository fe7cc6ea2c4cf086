import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SendForm } from '#renderer/features/send/SendForm.tsx'
import { stoppedServer } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices } from '#test/support/page/room.tsx'

test('focus goes to the first field that is wrong, each time', async () => {
  const { stores } = renderRoom(<SendForm commandKey="Ctrl" />)
  const problems = { to: 'There is no address.', host: 'The host is empty.' }
  stores.compose.getState().setProblems(problems)
  const host = screen.getByRole('textbox', { name: 'Server' })
  await waitFor(() => expect(document.activeElement).toBe(host))
  host.blur()
  stores.compose.getState().setProblems(problems)
  await waitFor(() => expect(document.activeElement).toBe(host))
})
test('a problem of no field stands above the form', async () => {
  const { stores } = renderRoom(<SendForm commandKey="Ctrl" />)
  stores.compose.getState().setProblems({ form: 'Nothing was sent. The engine is gone.' })
  expect((await screen.findByRole('alert')).textContent).toContain('The engine is gone.')
})
test('the door to the local server fills address, port and encryption', async () => {
  const { stores, container } = renderRoom(<SendForm commandKey="Ctrl" />)
  await userEvent.click(await screen.findByRole('button', { name: 'Use local server' }))
  expect(stores.compose.getState().draft).toMatchObject({
    host: '127.0.0.1',
    portChoice: '2525',
    tls: 'starttls',
  })
  expect(await violations(container)).toEqual([])
})
test('there is no such door while the server is off', async () => {
  const services = roomServices()
  services.client.on('server.status', () => stoppedServer())
  renderRoom(<SendForm commandKey="Ctrl" />, services)
  await drawn()
  expect(screen.queryByRole('button', { name: 'Use local server' })).toBeNull()
})
test('emptying the form empties the password too', async () => {
  const { stores } = renderRoom(<SendForm commandKey="Ctrl" />)
  stores.compose.getState().setPassword('pw')
  stores.compose.getState().change({ ...stores.compose.getState().draft, host: 'x' })
  await userEvent.click(screen.getByRole('button', { name: 'Empty the form' }))
  expect(stores.compose.getState()).toMatchObject({ password: '', draft: { host: '' } })
})
test('while a send runs there is no second', () => {
  const services = roomServices()
  services.stores.compose.getState().set({ run: { session: 's1', result: null, from: '' } })
  renderRoom(<SendForm commandKey="Ctrl" />, services)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Send again/ }).disabled).toBe(true)
})
test('a form that comes to the front with problems has the focus at the first', () => {
  const services = roomServices()
  services.stores.compose.getState().setProblems({ from: 'There is no address.' })
  renderRoom(<SendForm commandKey="Ctrl" />, services)
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'From' }))
})
