import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { KeepDialog } from '#renderer/features/inbox/KeepDialog.tsx'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

function answering() {
  const services = roomServices()
  services.client
    .on('inbox.keep', () => ({ rules: defaultKeepRules, removed: null }))
    .on('inbox.keepPreview', ({ rules }) => ({
      would: { messages: rules.count === 5 ? 41 : 0, sessions: 0, octets: 1000 },
      now: { messages: 46, sessions: 0, octets: 5000 },
    }))
    .on('inbox.setKeep', () => ({}))
  return services
}

test('off at first; what it would remove is said before it is on, and the fields are judged', async () => {
  const closed = vi.fn()
  const { client } = renderRoom(<KeepDialog open onClose={closed} />, answering())
  const on = await screen.findByRole('switch', { name: /Remove the oldest/ })
  expect(on).toHaveProperty('checked', false)
  expect(await screen.findByText(/would remove nothing now/)).toBeTruthy()
  expect(screen.getByText(/^These numbers are of the Inbox\. .*newest 10,000 entries stay, with 1 GiB/)).toBeTruthy() // prettier-ignore
  const rows = screen.getByLabelText('Rows at most')
  await userEvent.clear(rows)
  await userEvent.type(rows, 'x')
  expect(screen.getByText(/x is no number of rows/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true)
  await userEvent.clear(rows)
  await userEvent.type(rows, '5')
  expect(await screen.findByText(/would remove 41 messages/)).toBeTruthy()
  await userEvent.click(on)
  expect(await screen.findByText(/Saving removes 41 messages/)).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(closed).toHaveBeenCalled())
  expect(client.asked('inbox.setKeep')).toEqual([{ rules: { ...defaultKeepRules, on: true, count: 5 } }])
})

test('what cannot be read or saved is said', async () => {
  const services = answering()
  services.client.on('inbox.setKeep', () => {
    throw new Error('The disk is full.')
  })
  renderRoom(<KeepDialog open onClose={() => {}} />, services)
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.')
})
