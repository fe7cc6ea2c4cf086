import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import SendRoom from '#renderer/features/send/index.tsx'
import type { DialogueResult, StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

const accepted: DialogueResult = {
  session: 's1',
  outcome: 'accepted',
  message: 'x',
  recipients: [],
  reply: '250 Ok',
}
let services: RoomServices
beforeEach(() => {
  services = roomServices()
  services.client
    .on('dialogue.start', (): StartAnswer => ({ ok: true, session: 's1' }))
    .on('dialogue.result', () => accepted)
})
afterEach(() => vi.restoreAllMocks())

/** The form as it was left in an earlier run. */
function fill() {
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, host: 'smtp.example', from: 'a@b.example', to: 'c@d.example' })
}

test('a whole send by keyboard', async () => {
  fill()
  const { client, container } = renderRoom(<SendRoom />, services)
  screen.getByRole('textbox', { name: 'Text' }).focus()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('heading', { name: 'Accepted by the server.' })).toBeTruthy()
  expect(client.asked('dialogue.start')).toHaveLength(1)
  expect(await violations(container)).toEqual([])
})
test('the key works while a radio has the focus', async () => {
  fill()
  const { client } = renderRoom(<SendRoom />, services)
  await userEvent.click(screen.getByRole('radio', { name: '2525' }))
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(client.asked('dialogue.start')).toHaveLength(1))
})
test('what is wrong is told at the fields and the first gets the focus', async () => {
  fill()
  services.client.on('dialogue.start', (): StartAnswer => ({ ok: false, problems: [{ field: 'message.from', value: '', message: 'There is no address: write one.' }, { field: 'target.host', value: '', message: 'The host is empty.' }] })) // prettier-ignore
  renderRoom(<SendRoom />, services)
  await userEvent.click(screen.getByRole('button', { name: /^Send/ }))
  await screen.findByText('The host is empty.')
  expect(screen.getByText('There is no address: write one.')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Server' })))
})
test('in a narrow window the proof comes forward when the send begins', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation((media) => ({ matches: true, media, onchange: null, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => true })) // prettier-ignore
  fill()
  renderRoom(<SendRoom />, services)
  expect(screen.queryByRole('region', { name: 'Proof' })).toBeNull()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('region', { name: 'Proof' })).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Server' })).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: 'Message' }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Server' }).value).toBe('smtp.example')
  await drawn()
})
test('while a question lies over the form the key sends nothing', async () => {
  fill()
  services.stores.compose.getState().set({ consent: 'clear' })
  const { client } = renderRoom(<SendRoom />, services)
  await screen.findByRole('alertdialog')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await drawn()
  expect(client.asked('dialogue.start')).toEqual([])
})
test('a dialog that only fades away is no question any more', async () => {
  fill()
  const { client } = renderRoom(<SendRoom />, services)
  const fading = document.createElement('div')
  fading.setAttribute('data-exiting', 'true')
  fading.innerHTML = '<div role="dialog"></div>'
  document.body.append(fading)
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(client.asked('dialogue.start')).toHaveLength(1))
  fading.remove()
})
test('an empty form names every field that is needed, and asks nobody', async () => {
  const { client } = renderRoom(<SendRoom />, services)
  await userEvent.click(screen.getByRole('button', { name: /^Send/ }))
  await screen.findByText(/There is no server/)
  expect(screen.getByText(/There is no sender/)).toBeTruthy()
  expect(screen.getByText(/There is no recipient/)).toBeTruthy()
  expect(client.asked('dialogue.start')).toEqual([])
})
test('the key on a button that has the focus sends, and does not press it', async () => {
  fill()
  const { client, stores } = renderRoom(<SendRoom />, services)
  screen.getByRole('button', { name: /^Stop after/ }).focus()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(client.asked('dialogue.start')).toHaveLength(1))
  expect(stores.compose.getState().sheet).toBeNull()
})
