import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ListenerItem } from '#renderer/features/relay/ListenerItem.tsx'
import { listenerStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { relayListeners } from '#test/support/relay/page.ts'

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
