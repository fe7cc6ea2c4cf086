import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { fireEvent } from '@testing-library/react'
import { RawTab } from '#renderer/features/send/RawTab.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('pasted text is the message; an emptied field is none', async () => {
  const { stores } = renderRoom(<RawTab />)
  const field = screen.getByRole('textbox', { name: 'Raw message' })
  await userEvent.type(field, 'A: b')
  expect(stores.compose.getState().raw).toMatchObject({ text: 'A: b', file: null })
  await userEvent.clear(field)
  expect(stores.compose.getState().raw).toBeNull()
})
test('a dropped file is named with its size and can be taken out', async () => {
  const { stores, container } = renderRoom(<RawTab />)
  const files = [new File(['A: b'], 'order.eml')]
  fireEvent.drop(screen.getByRole('group', { name: 'Raw message' }), {
    dataTransfer: { files, types: ['Files'] },
  })
  expect(await screen.findByText('order.eml')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(stores.compose.getState().raw).toBeNull()
})
