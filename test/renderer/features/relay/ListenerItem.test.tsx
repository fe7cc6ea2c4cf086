import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ListenerItem } from '#renderer/features/relay/ListenerItem.tsx'
import { listenerStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayListeners } from '#test/support/relay/page.ts'

test('a card says how it stands and opens the form at its place', async () => {
  const { stores } = renderRoom(<ListenerItem listener={listenerStatus({ relay: true })} place={3} />)
  expect(screen.getByText('listening')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^2525, change the listener/ }))
  expect(stores.server.getState().form).toEqual({ form: 'edit', place: 3 })
})
test('a port that is not permitted says so and leads to what to do', async () => {
  const { stores } = renderRoom(<ListenerItem listener={relayListeners().listeners[3]!} place={3} />)
  expect(screen.getByText('needs permission')).toBeTruthy()
  expect(screen.getByText('on 2025 for now')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Why, and what to do' }))
  expect(stores.server.getState().form).toEqual({ form: 'low-port', place: 3 })
})
test('one that cannot listen says why', () => {
  renderRoom(<ListenerItem listener={listenerStatus({ state: 'failed', problem: 'The port is taken.' })} place={0} />)
  expect(screen.getByText('cannot listen')).toBeTruthy()
  expect(screen.getByText('The port is taken.')).toBeTruthy()
}) // prettier-ignore
const pick = async (name: string) => {
  await userEvent.click(screen.getByRole('button', { name: /^More of the listener/ }))
  await userEvent.click(screen.getByRole('menuitem', { name }))
}

test('it is switched off from its card; the others stay as they are', async () => {
  const services = filledRelay()
  const { listeners } = services.stores.server.getState().status!
  const { client } = renderRoom(<ListenerItem listener={listeners[1]!} place={1} />, services)
  await pick('Switch off')
  await waitFor(() => expect(client.asked('server.configure')).toHaveLength(1))
  expect(client.asked('server.configure')[0]?.listeners?.map(({ enabled }) => enabled !== false)).toEqual(listeners.map((_one, place) => place !== 1))
}) // prettier-ignore
test('it is removed from its card, and switched on again where it was off', async () => {
  const services = filledRelay()
  const { listeners } = services.stores.server.getState().status!
  const { client } = renderRoom(<ListenerItem listener={{ ...listeners[1]!, enabled: false }} place={1} />, services)
  await userEvent.click(screen.getByRole('button', { name: /^More of the listener/ }))
  expect(screen.getByRole('menuitem', { name: 'Switch on' })).toBeTruthy()
  await userEvent.click(screen.getByRole('menuitem', { name: 'Remove' }))
  await waitFor(() => expect(client.asked('server.configure')[0]?.listeners).toHaveLength(listeners.length - 1))
}) // prettier-ignore
