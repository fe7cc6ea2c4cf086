import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import ServerRoom from '#renderer/features/server/index.tsx'
import { listenerStatus, serverStatus, stoppedServer } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('starts, follows, stops', async () => {
  const services = roomServices()
  services.client.on('server.status', () => stoppedServer()).on('server.stop', () => stoppedServer())
  const { container } = renderRoom(<ServerRoom />, services)
  await userEvent.click(await screen.findByRole('button', { name: 'Start catching' }))
  expect(await screen.findByText('listening on 3 ports')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  const failed = listenerStatus({ state: 'failed', problem: 'Port 2525 is taken.' })
  act(() =>
    services.client.push('server.changes', [
      serverStatus({ listeners: [failed, listenerStatus({ port: 2587 })] }),
    ]),
  )
  expect(screen.getByText('listening on 1 of 2 ports')).toBeTruthy()
  expect(screen.getByText('Port 2525 is taken.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(await screen.findByRole('button', { name: 'Start catching' })).toBeTruthy()
})
test('what went wrong is said, also before anything is known', async () => {
  const services = roomServices()
  services.client.on('server.status', () => {
    throw new Error('The engine is gone.')
  })
  renderRoom(<ServerRoom />, services)
  expect((await screen.findByRole('alert')).textContent).toContain('The engine is gone.')
})
test('claims nothing while the engine does not answer', async () => {
  const services = roomServices()
  services.client.on('server.status', () => serverStatus())
  renderRoom(<ServerRoom />, services)
  await screen.findByText(/^listening on/)
  act(() => services.stores.connection.getState().set({ state: 'lost' }))
  expect(screen.queryByText(/^listening on/)).toBeNull()
  expect(screen.getByText('not known while the engine does not answer')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Stop' })).toHaveProperty('disabled', true)
  act(() => services.stores.connection.getState().set({ state: 'open' }))
  expect(screen.getByText(/^listening on/)).toBeTruthy()
})
test('counts what the Inbox holds, also from earlier runs', async () => {
  const services = roomServices()
  services.client.on('server.status', () => stoppedServer())
  renderRoom(<ServerRoom />, services)
  await screen.findByRole('button', { name: 'Start catching' })
  act(() => services.stores.inbox.getState().set({ counts: { kept: 3, refused: 2, broken: 0, idle: 1 } }))
  expect(screen.getByRole('button', { name: '3 messages kept' })).toBeTruthy()
})
