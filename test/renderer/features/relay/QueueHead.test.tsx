import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { QueueHead } from '#renderer/features/relay/QueueHead.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayStatus } from '#test/support/relay/page.ts'

test('counts filter the rows; the search is asked when it rests', async () => {
  const { client, stores } = renderRoom(<QueueHead />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: '1 held' }))
  await waitFor(() => expect(client.asked('relay.queue').at(-1)).toMatchObject({ show: 'held' }))
  await userEvent.click(screen.getByRole('button', { name: '1 held', pressed: true }))
  expect(stores.relay.getState().show).toBe('all')
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search the queue' }), 'osprey')
  await waitFor(() => expect(client.asked('relay.queue').at(-1)).toMatchObject({ text: 'osprey' }))
})
test('everything is held and resumed; where mail goes is said and changed', async () => {
  const { client, stores } = renderRoom(<QueueHead />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: 'Hold' }))
  expect(await screen.findByText(/nothing is delivered until you resume/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Resume' }))
  expect(client.asked('relay.setSettings')).toEqual([{ paused: true }, { paused: false }])
  await userEvent.click(screen.getByRole('button', { name: 'Change where mail goes' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'delivery' })
  act(() => stores.relay.getState().set({ status: relayStatus({ allowedHosts: [] }) }))
  expect(screen.getByText(/No host is allowed yet/)).toBeTruthy()
})
