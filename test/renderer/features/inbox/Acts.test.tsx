import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Acts } from '#renderer/features/inbox/Acts.tsx'
import { messageDetail } from '#test/support/mail.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const act = async (name: string) => {
  await userEvent.click(screen.getByRole('button', { name: 'More acts' }))
  await userEvent.click(await screen.findByRole('menuitem', { name }))
}

test('stars, marks and deletes; what fails is said', async () => {
  const services = roomServices()
  const { client } = renderRoom(<Acts message={messageDetail({ unread: false })} />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Star' }))
  expect(client.asked('inbox.star')).toEqual([{ ids: ['m1'], starred: true }])
  await act('Mark as unread')
  expect(client.asked('inbox.mark')).toEqual([{ ids: ['m1'], unread: true }])
  client.on('inbox.remove', () => {
    throw new Error('The database is locked.')
  })
  await act('Delete')
  expect((await screen.findByRole('alert')).textContent).toContain('The database is locked.')
  client.on('inbox.remove', () => ({ removed: 1 }))
  await act('Delete')
  await waitFor(() => expect(window.location.hash).toBe('#/inbox'))
})
