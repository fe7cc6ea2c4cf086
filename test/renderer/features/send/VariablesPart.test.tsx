import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { VariablesPart } from '#renderer/features/send/VariablesPart.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('variables are added, named, given values and removed', async () => {
  const { stores } = renderRoom(<VariablesPart />)
  expect(screen.queryByRole('button', { name: 'Add a variable' })).toBeNull()
  await userEvent.click(screen.getByRole('switch'))
  await userEvent.click(screen.getByRole('button', { name: 'Add a variable' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Name 1' }), 'order')
  await userEvent.type(screen.getByRole('textbox', { name: 'Value of order' }), '10294')
  expect(stores.compose.getState().draft.variables).toEqual([{ name: 'order', value: '10294' }])
  await userEvent.click(screen.getByRole('button', { name: 'Remove order' }))
  expect(stores.compose.getState().draft.variables).toEqual([])
})
