import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TagsDialog } from '#renderer/features/inbox/TagsDialog.tsx'
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('fields are typed with commas; what is no name is said at the field', async () => {
  const services = roomServices()
  services.client.on('inbox.tags', () => defaultTagRules).on('inbox.setTags', () => ({}))
  const closed = vi.fn()
  const { client } = renderRoom(<TagsDialog open onClose={closed} />, services)
  const field = await screen.findByLabelText('Header fields whose values are tags')
  expect(field).toHaveProperty('value', 'X-Tag, X-Tags')
  expect(await violations(document.body)).toEqual([])
  await userEvent.clear(field)
  await userEvent.type(field, 'X-Süd')
  expect(screen.getByText(/X-Süd is no name of a header field/)).toBeTruthy()
  await userEvent.clear(field)
  await userEvent.type(field, 'X-Suite, X-Run X-Run')
  await userEvent.click(screen.getByRole('checkbox', { name: /suffix/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(closed).toHaveBeenCalled())
  expect(client.asked('inbox.setTags')).toEqual([{ suffix: false, headers: ['X-Suite', 'X-Run'] }])
})
