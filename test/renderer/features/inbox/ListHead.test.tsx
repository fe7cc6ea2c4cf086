import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ListHead } from '#renderer/features/inbox/ListHead.tsx'
import { inboxPage } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('outcomes with their counts, order and search are asked together', async () => {
  const services = roomServices()
  services.client.on('inbox.list', () => inboxPage())
  services.stores.inbox.getState().set({ counts: { kept: 39, refused: 5, broken: 2, idle: 0 } })
  const { client, container } = renderRoom(<ListHead />, services)
  expect(screen.getAllByRole('radio').map((radio) => radio.parentElement?.parentElement?.textContent)).toEqual(['All 46', 'Kept 39', 'Refused 5', 'Broken off 2']) // prettier-ignore
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('radio', { name: 'Refused 5' }))
  await userEvent.type(screen.getByRole('searchbox'), 'is:starred')
  await userEvent.click(screen.getByRole('button', { name: 'Order: Newest first' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Largest first' }))
  const last = { text: 'is:starred', show: 'refused', sort: 'size', limit: 200 }
  await waitFor(() => expect(client.asked('inbox.list').at(-1)).toEqual(last))
})
test('a search that cannot be read is said and not asked; a field can be picked', async () => {
  const services = roomServices()
  const { client } = renderRoom(<ListHead />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Search fields' }))
  await userEvent.click(screen.getByRole('menuitem', { name: /^larger:1M/ }))
  expect(screen.getByText(/larger: has nothing behind it; write it as larger:1M/)).toBeTruthy()
  expect(client.asked('inbox.list')).toEqual([])
})
