import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ClearDialog } from '#renderer/features/inbox/ClearDialog.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('the harmless answer has the focus', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<ClearDialog open onClose={close} />)
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Keep them'))
  expect(await violations(document.body)).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(close).toHaveBeenCalled()
  expect(client.asked('inbox.clear')).toEqual([])
})
test('deleting all closes it', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<ClearDialog open onClose={close} />)
  await userEvent.click(screen.getByRole('button', { name: 'Delete all' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('inbox.clear')).toHaveLength(1)
})
test('what cannot be deleted is said and it stays open', async () => {
  const close = vi.fn()
  const services = roomServices()
  services.client.on('inbox.clear', () => {
    throw new Error('The database is locked.')
  })
  renderRoom(<ClearDialog open onClose={close} />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Delete all' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The database is locked.')
  expect(close).not.toHaveBeenCalled()
})
