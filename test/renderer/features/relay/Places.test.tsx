import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Places } from '#renderer/features/relay/Places.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayListeners, relayStatus } from '#test/support/relay/page.ts'

test('listeners that relay, virtual MTAs and the verdict; each opens its form', async () => {
  const { stores, container } = renderRoom(<Places />, filledRelay())
  expect(screen.getAllByRole('article', { name: /^Listener on/ })).toHaveLength(4)
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }))
  expect(stores.server.getState().form).toEqual({ form: 'new', relay: true })
  await userEvent.click(screen.getByRole('button', { name: 'mta2, change the virtual MTA' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'virtualMtas', place: 1 } })
  await userEvent.click(screen.getByRole('button', { name: 'Add a virtual MTA' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'virtualMtas', place: -1 } })
})
test('without listeners and virtual MTAs it says what that means', () => {
  const { stores } = renderRoom(<Places />, filledRelay())
  act(() => {
    stores.server.getState().set({ status: serverStatus() })
    stores.relay.getState().set({ status: relayStatus({ virtualMtas: [] }) })
  })
  expect(screen.getByText(/No listener relays yet/)).toBeTruthy()
  expect(screen.getByText(/own address and name/)).toBeTruthy()
})
test('while the server is off it is started from here', async () => {
  const { stores, client } = renderRoom(<Places />, filledRelay())
  expect(screen.queryByText(/nothing is taken/)).toBeNull()
  act(() => stores.server.getState().set({ status: { ...relayListeners(), running: false } }))
  await userEvent.click(screen.getByRole('button', { name: 'Start' }))
  expect(client.asked('server.start')).toHaveLength(1)
})
