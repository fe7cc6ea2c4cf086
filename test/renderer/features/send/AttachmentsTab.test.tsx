import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { fireEvent } from '@testing-library/react'
import { AttachmentsTab } from '#renderer/features/send/AttachmentsTab.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('dropped files are listed with size and type, and removed', async () => {
  const { stores, container } = renderRoom(<AttachmentsTab />)
  const files = [new File(['hello'], 'invoice.pdf', { type: 'application/pdf' }), new File([''], 'x')]
  fireEvent.drop(screen.getByRole('group', { name: 'Attachments' }), {
    dataTransfer: { files, types: ['Files'] },
  })
  const list = await screen.findByRole('list', { name: 'Files that go along' })
  expect(list.textContent).toContain('invoice.pdfapplication/pdf5 B')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Remove invoice.pdf' }))
  expect(stores.compose.getState().files.map(({ name }) => name)).toEqual(['x'])
})
test('what is wrong is said', async () => {
  const { stores } = renderRoom(<AttachmentsTab />)
  stores.compose.getState().setProblems({ attachments: '“big.iso” did not fit.' })
  expect((await screen.findByRole('alert')).textContent).toContain('big.iso')
})
