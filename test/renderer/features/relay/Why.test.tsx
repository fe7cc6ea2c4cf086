import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Why } from '#renderer/features/relay/Why.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { attemptRow, filledRelay, stranger, tried } from '#test/support/relay/page.ts'

test('sentence, attempt, chips, trace, and the event in the dialogue', async () => {
  const { container, stores } = renderRoom(<Why />, filledRelay())
  expect(container.textContent).toContain('Refused, because nobody had signed in and everybody must. Rule 8 decided.')
  expect(screen.getByText('in clear, STARTTLS not used')).toBeTruthy()
  expect(container.querySelector('[data-decided]')?.textContent).toContain('530 5.7.0 Authentication required')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /Event 11 in the dialogue/ }))
  expect(window.location.hash).toBe('#/dialogue/s2591')
  expect(stores.view.getState().cursors['s2591']).toBe(11)
}) // prettier-ignore
test('the attempts beside it, and newer ones as a number', async () => {
  const services = filledRelay()
  const { relay } = services.stores
  const items = [attemptRow({ ...stranger, client: '10.0.5.20' }, { id: 'a2' }), attemptRow()]
  relay.getState().set({ attempts: { ...relay.getState().attempts, items } })
  renderRoom(<Why />, services)
  await userEvent.click(screen.getByRole('button', { name: '1 newer attempt' }))
  expect(relay.getState().looked?.row?.id).toBe('a2')
  await userEvent.click(screen.getByRole('button', { name: 'Older attempt' }))
  expect(relay.getState().looked?.row?.id).toBe('a1')
})
test('where the rules are others by now, what they would say is said too', () => {
  const services = filledRelay()
  const { relay } = services.stores
  const { looked } = relay.getState()
  renderRoom(<Why />, services)
  act(() => relay.getState().set({ looked: { ...looked!, now: tried({ ...stranger, user: 'shop' }) } }))
  expect(screen.getByText(/The rules are others by now/).textContent).toContain('shop has signed in')
})
test('before any attempt came it says what will appear', () => {
  const services = filledRelay()
  services.stores.relay.getState().set({ looked: null })
  renderRoom(<Why />, services)
  expect(screen.getByRole('heading', { name: 'No attempt yet' })).toBeTruthy()
})
