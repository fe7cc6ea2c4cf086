import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Queue } from '#renderer/features/relay/Queue.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, noCounts, pictureQueue, queueItem } from '#test/support/relay/page.ts'

test('rows, and the chosen one below them; arrows choose', async () => {
  const { stores, container } = renderRoom(<Queue />, filledRelay(pictureQueue(Date.now())))
  expect(screen.getAllByRole('option').length).toBeGreaterThan(6)
  expect(await violations(container)).toEqual([])
  screen.getByRole('listbox', { name: 'Queue' }).focus()
  await userEvent.keyboard('{ArrowDown}')
  await waitFor(() => expect(stores.relay.getState().detail?.id).toBe('q2'))
  expect(screen.getByRole('heading', { name: '42 people at tern.example' })).toBeTruthy()
})
test('ten thousand draw those in sight and count the rest', () => {
  const services = filledRelay()
  const items = Array.from({ length: 500 }, (_, place) => queueItem({ id: `q${place}` }))
  services.stores.relay.getState().set({ queue: { key: 'all ', items, total: 10_000, next: 'n' } })
  const { client } = renderRoom(<Queue />, services)
  expect(screen.getAllByRole('option').length).toBeLessThan(100)
  expect(client.asked('relay.queue')).toEqual([])
  expect(screen.getByRole('button', { name: '9,500 more' })).toBeTruthy()
})
test('empty, empty because of the search, and not readable are told apart', () => {
  const services = filledRelay([])
  const { relay } = services.stores
  renderRoom(<Queue />, services)
  expect(screen.getByRole('heading', { name: 'The queue is empty' })).toBeTruthy()
  act(() =>
    relay.getState().set({ text: 'x', queue: { key: 'all x', items: [], total: 0, next: undefined } }),
  )
  expect(screen.getByText('Nothing in the queue matches that.')).toBeTruthy()
  act(() => relay.getState().set({ queueState: 'failed' }))
  expect(screen.getByText(/rows are as they were/)).toBeTruthy()
})
test('the next page comes when its rows are about to be reached, asked for once', async () => {
  const items = [queueItem({ id: 'q0' })]
  const services = filledRelay(items)
  const { relay } = services.stores
  relay.getState().set({ queue: { key: 'all ', items, total: 2, next: 'n' } })
  services.client.on('relay.queue', () => ({
    items: [queueItem({ id: 'q1', recipient: 'late@b.test' })],
    total: 2,
    counts: noCounts,
  }))
  renderRoom(<Queue />, services)
  expect(await screen.findByRole('option', { name: /late@b.test/ })).toBeTruthy()
  expect(services.client.asked('relay.queue')).toHaveLength(1)
})
