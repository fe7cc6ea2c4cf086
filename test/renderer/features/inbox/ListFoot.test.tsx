import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ListFoot } from '#renderer/features/inbox/ListFoot.tsx'
import { messageSummary } from '#test/support/mail.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('acts on everything that is looked at, and says what the box takes', async () => {
  const services = roomServices()
  const inbox = services.stores.inbox.getState()
  inbox.put([messageSummary()], { next: undefined, total: 1, unread: 1 })
  inbox.set({ disk: 218 << 20, show: 'refused', search: 'a' })
  inbox.set({ found: { key: JSON.stringify(['a', 'refused', 'newest']), items: [messageSummary()], total: 7, next: undefined } }) // prettier-ignore
  const problems: (string | undefined)[] = []
  const { client } = renderRoom(<ListFoot onProblem={(problem) => problems.push(problem)} />, services)
  expect(screen.getByText(/^2[12]\d MB|218/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'All messages' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Star found' }))
  expect(client.asked('inbox.bulk')).toEqual([{ text: 'a', show: 'refused', act: 'star' }])
  expect(problems).toEqual([undefined])
  await userEvent.click(screen.getByRole('button', { name: /How long mail is kept/ }))
  expect(services.stores.inbox.getState().asks).toBe('keep')
})
