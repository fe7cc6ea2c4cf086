import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { HideChoices } from '#renderer/features/dialogue/share/HideChoices.tsx'
import { renderSharing } from './support.tsx'

test('everything is hidden at first; a choice is kept and the words make it anew', async () => {
  const { stores } = await renderSharing(<HideChoices />)
  const boxes = screen.getAllByRole<HTMLInputElement>('checkbox')
  expect(boxes.map(({ checked }) => checked)).toEqual([true, true, true])
  await userEvent.click(screen.getByRole('checkbox', { name: /Message content/ }))
  expect(stores.settings.getState().share).toMatchObject({ addresses: true, names: true, bodies: false })
  expect(screen.getByRole('group', { name: 'Hide' })).toBeTruthy()
})
