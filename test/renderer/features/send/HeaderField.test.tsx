import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { vi } from 'vitest'
import { HeaderField } from '#renderer/features/send/HeaderField.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('what is wrong is said at its field, and nothing is added', async () => {
  const onClose = vi.fn()
  const { stores } = renderRoom(<HeaderField onClose={onClose} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'X Y{Enter}')
  expect(await screen.findByText(/“X Y” is no field name/)).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
  expect(stores.compose.getState().draft.headers).toEqual([])
})
