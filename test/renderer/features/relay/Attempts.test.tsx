import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Attempts } from '#renderer/features/relay/Attempts.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { attemptRow, filledRelay, stranger } from '#test/support/relay/page.ts'

test('arrows look at one, Enter shows why; refused ones by themselves', async () => {
  const { stores, client } = renderRoom(<Attempts />, filledRelay())
  act(() => stores.relay.getState().set({ view: 'all' }))
  expect(screen.getByRole('option', { name: /Refused, ?203.0.113.77 ?to ?lee@gannet.example/ })).toBeTruthy()
  screen.getByRole('listbox').focus()
  await userEvent.keyboard('{Enter}')
  expect(stores.relay.getState().view).toBe('why')
  await userEvent.click(screen.getByRole('switch', { name: 'Refused only' }))
  await waitFor(() => expect(client.asked('relay.attempts')[0]).toMatchObject({ refused: true }))
})
test('five thousand draw those in sight, older ones on demand', () => {
  const services = filledRelay()
  const items = Array.from({ length: 5000 }, (_, place) => attemptRow(stranger, { id: `a${place}` }))
  services.stores.relay.getState().set({ attempts: { state: 'ready', items, next: 'n', refused: false } })
  renderRoom(<Attempts />, services)
  expect(screen.getAllByRole('option').length).toBeLessThan(120)
  expect(screen.getByRole('button', { name: 'Older attempts' })).toBeTruthy()
})
