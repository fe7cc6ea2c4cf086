import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import VersusRoom from '#renderer/features/versus/index.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'
import { versusResult } from '#test/support/page/versus.ts'

test('empty, running, cancelled, refused', async () => {
  const { services, client, container } = renderRoom(<VersusRoom />)
  expect(screen.getByRole('heading', { name: 'Nothing was sent yet' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  const { promise, reject: refuse } = Promise.withResolvers<never>()
  client.on('versus.start', () => ({ ok: true as const, id: 'v' }))
  client.on('versus.result', () => promise)
  client.on('versus.cancel', () => ({}))
  await userEvent.click(screen.getByRole('button', { name: 'Send both ways' }))
  expect(await screen.findByText('Opening the servers and the line')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(client.calls.at(-1)?.name).toBe('versus.cancel')
  refuse(new Error('gone'))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was compared.')
  expect(services.stores.versus.getState().running).toBe('')
})

test('where the outcome stands below the choices, what comes of a run is brought into sight', async () => {
  vi.spyOn(window, 'matchMedia').mockReturnValue(Object.assign(window.matchMedia(''), { matches: true }))
  const services = roomServices()
  services.stores.versus.setState({ result: versusResult() })
  const { container } = renderRoom(<VersusRoom />, services)
  const outcome = screen.getByRole('region', { name: 'What came of it' })
  const room = outcome.parentElement!
  // There is no layout here.
  vi.spyOn(outcome, 'offsetTop', 'get').mockReturnValue(700)
  vi.spyOn(room, 'offsetTop', 'get').mockReturnValue(44)
  const moved = (): number => {
    const top = room.scrollTop
    room.scrollTop = 0
    expect(container.scrollTop).toBe(0)
    return top
  }
  expect(moved()).toBe(0)
  act(() => services.stores.versus.getState().change({ roundTrip: 10 }))
  expect(moved()).toBe(0)
  act(() => services.stores.versus.setState({ result: versusResult() }))
  expect(moved()).toBe(656)
  act(() => services.stores.versus.setState({ problem: 'Nothing was compared.' }))
  expect(moved()).toBe(656)
  act(() => services.stores.versus.setState({ problem: '' }))
  expect(moved()).toBe(0)
})
