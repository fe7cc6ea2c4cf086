import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ItemCard } from '#renderer/features/relay/ItemCard.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, queueDetail } from '#test/support/relay/page.ts'

test('each try leads to its own dialogue', async () => {
  const { stores } = renderRoom(<ItemCard />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: '2 dialogues' }))
  await userEvent.click(screen.getByRole('menuitem', { name: /Greylisted/ }))
  expect(window.location.hash).toBe('#/dialogue/d1')
  expect(stores.view.getState().cursors['d1']).toBe(20)
})
test('before the first try there is how it came; with one try its dialogue', async () => {
  const { stores } = renderRoom(<ItemCard />, filledRelay())
  act(() => stores.relay.getState().set({ detail: queueDetail({ history: [], message: 'in7.1' }) }))
  await userEvent.click(screen.getByRole('button', { name: 'How it came' }))
  expect(window.location.hash).toBe('#/dialogue/in7')
  act(() => stores.relay.getState().set({ detail: queueDetail({ history: queueDetail().history.slice(0, 1) }) }))
  await userEvent.click(screen.getByRole('button', { name: 'Its dialogue' }))
  expect(window.location.hash).toBe('#/dialogue/d1')
}) // prettier-ignore
test('reports that came back, partial delivery, and an entry that is gone', () => {
  const { stores } = renderRoom(<ItemCard />, filledRelay())
  const recipients = { all: 42, open: 30, delivered: 9, failed: 3 }
  act(() =>
    stores.relay.getState().set({ detail: queueDetail({ recipients, reports: ['5.1.1 No such user'] }) }),
  )
  expect(screen.getByText('9 of 42 delivered, 3 failed.')).toBeTruthy()
  expect(screen.getByText('Came back: 5.1.1 No such user')).toBeTruthy()
  act(() => stores.relay.getState().set({ detail: null, detailProblem: 'There is no entry x.' }))
  expect(screen.getByText('There is no entry x.')).toBeTruthy()
})
test('one that was dropped before its first try says so, and nothing else', () => {
  const { stores } = renderRoom(<ItemCard />, filledRelay())
  act(() => stores.relay.getState().set({ detail: queueDetail({ state: 'dropped', tries: 0, words: '', history: [] }) }))
  expect(screen.getByText('Dropped before it was tried. Nobody was told.')).toBeTruthy()
  expect(screen.queryByText('.')).toBeNull()
}) // prettier-ignore
