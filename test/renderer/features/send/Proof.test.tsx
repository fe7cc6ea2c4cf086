import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { Proof } from '#renderer/features/send/Proof.tsx'
import { violations } from '#test/support/page/axe.ts'
import {
  drawn,
  renderRoom,
  roomServices,
  sessionSummary,
  tell,
  type RoomServices,
} from '#test/support/page/room.tsx'
import { acceptedSend, connected, eventList } from '#test/support/page/sendEvents.ts'

let services: RoomServices
beforeEach(() => {
  window.location.hash = ''
  services = roomServices()
})
const run = () =>
  services.stores.compose.getState().set({ run: { session: 's1', result: null, from: 'a@b.example' } })

test('before the first send it says what will appear', () => {
  renderRoom(<Proof />, services)
  expect(screen.getByText('The proof appears here')).toBeTruthy()
})
test('the message of the form can go by an HTTP API beside it, before the first send and after', async () => {
  const { stores, unmount } = renderRoom(<Proof />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Compare SMTP with an HTTP API' }))
  expect(window.location.hash).toMatch(/^#\/versus/)
  expect(stores.versus.getState().ofForm).toBe(true)
  unmount()
  run()
  renderRoom(<Proof />, services)
  expect(await screen.findByRole('button', { name: 'SMTP or HTTP?' })).toBeTruthy()
})
test('lines appear as they happen, with the steps and the wait', async () => {
  run()
  const { container } = renderRoom(<Proof />, services)
  await tell(services, eventList([[5, connected()]]))
  expect(await screen.findByText('Waiting for the greeting')).toBeTruthy()
  await tell(services, eventList(acceptedSend()).slice(1), true)
  const dialogue = screen.getByRole('list', { name: 'Dialogue of this send' })
  expect(dialogue.textContent).toContain('smtp.harbour.example ESMTP ready')
  expect(dialogue.textContent).not.toContain('********')
  expect(screen.getByText(/22 events, 697 ms, 11 round trips/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('a line leads to its place in the ladder', async () => {
  run()
  const { stores } = renderRoom(<Proof />, services)
  await tell(services, eventList(acceptedSend()), true)
  await userEvent.click(screen.getByRole('button', { name: /AUTH PLAIN/ }))
  expect(window.location.hash).toBe('#/dialogue/s1')
  expect(stores.view.getState().cursors['s1']).toBe(10)
  window.location.hash = ''
  await userEvent.click(screen.getByRole('button', { name: 'Open in ladder' }))
  expect(window.location.hash).toBe('#/dialogue/s1')
})
test('it can be stopped', async () => {
  run()
  const { client } = renderRoom(<Proof />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Stop now' }))
  expect(client.asked('dialogue.act')).toEqual([{ session: 's1', action: { type: 'drop' } }])
})
test('held means that it waits for the person', async () => {
  run()
  services.client.on('transcript.get', () => sessionSummary({ state: 'held' }))
  renderRoom(<Proof />, services)
  await drawn()
  await userEvent.click(screen.getByRole('button', { name: 'Step in the ladder' }))
  expect(window.location.hash).toBe('#/dialogue/s1')
})
test('the result takes the place of the wait', async () => {
  run()
  renderRoom(<Proof />, services)
  const result = {
    session: 's1',
    outcome: 'accepted',
    message: 'x',
    recipients: [],
    reply: '250 Ok',
  } as const
  services.stores.compose
    .getState()
    .set({ run: { session: 's1', result: { ...result, recipients: [] }, from: 'a@b.example' } })
  expect(await screen.findByRole('heading', { name: 'Accepted by the server.' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Stop now' })).toBeNull()
})
