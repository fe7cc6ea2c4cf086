import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { showProblems } from '#renderer/flows/send.ts'
import { SendForm } from '#renderer/features/send/SendForm.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

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
test('a problem of a sheet leaves the form alone; one of a tab is found there', async () => {
  const { services, container } = renderRoom(<SendForm commandKey="Ctrl" />)
  showProblems(services, { raw: 'It cannot be read.' })
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Raw message' })),
  )
  expect(await violations(container)).toEqual([])
})
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Copy as command' })
test('before the first dialogue there is no command to copy', async () => {
  const { stores } = renderRoom(<SendForm commandKey="Ctrl" />)
  expect(button().disabled).toBe(true)
  stores.compose.getState().set({ run: { session: 's1', result: null, from: '' } })
  await waitFor(() => expect(button().disabled).toBe(false))
  await userEvent.click(button())
  await userEvent.click(screen.getByRole('menuitem', { name: /swaks/ }))
  expect(stores.share.getState().session).toBe('s1')
  expect(stores.settings.getState().share.format).toBe('swaks')
})
test('a dialogue of HTTP is repeated by curl alone', async () => {
  const { stores } = renderRoom(<SendForm commandKey="Ctrl" />)
  const draft = { ...stores.compose.getState().draft, way: 'http' as const }
  act(() => stores.compose.getState().set({ run: { session: 's2', result: null, from: '', draft } }))
  await userEvent.click(button())
  expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['curl command'])
})
test('a form that comes to the front with problems has the focus at the first', () => {
  const services = roomServices()
  services.stores.compose.getState().setProblems({ from: 'There is no address.' })
  renderRoom(<SendForm commandKey="Ctrl" />, services)
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'From' }))
})
test('the way to many messages opens from the head', async () => {
  renderRoom(<SendForm commandKey="Ctrl" />)
  await userEvent.click(screen.getByRole('button', { name: 'Many messages …' }))
  expect(screen.getByRole('dialog', { name: 'Send many messages' })).toBeTruthy()
})
