import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ListDialogs } from '#renderer/features/inbox/ListDialogs.tsx'
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('opens what is asked for, and closes it', async () => {
  const services = roomServices()
  services.client.on('inbox.tags', () => defaultTagRules)
  renderRoom(<ListDialogs />, services)
  const { set } = services.stores.inbox.getState()
  act(() => set({ asks: 'tags' }))
  expect(await screen.findByRole('dialog', { name: 'What makes a tag' })).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  expect(services.stores.inbox.getState().asks).toBeNull()
  act(() => set({ asks: 'keep' }))
  expect(await screen.findByRole('dialog', { name: 'How long the Inbox keeps what came' })).toBeTruthy()
  act(() => set({ asks: 'clear' }))
  expect(await screen.findByRole('alertdialog')).toBeTruthy()
})
