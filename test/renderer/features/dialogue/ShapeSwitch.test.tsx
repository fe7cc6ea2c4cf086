import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ShapeSwitch } from '#renderer/features/dialogue/ShapeSwitch.tsx'
import { renderWith } from '../../../support/page/render.tsx'

test('the choice is one for all dialogues and stays', async () => {
  const { stores } = renderWith(<ShapeSwitch />)
  expect(screen.getByRole('radio', { name: 'Ladder', checked: true })).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'States' }))
  expect(stores.view.getState().shape).toBe('states')
  expect(screen.getByRole('radio', { name: 'States', checked: true })).toBeTruthy()
})
test('a dialogue of HTTP has no states; the choice stays for the others', () => {
  const { stores } = renderWith(<ShapeSwitch http />)
  stores.view.getState().set({ shape: 'states' })
  expect(screen.getAllByRole('radio')).toHaveLength(2)
  expect(screen.getByRole('radio', { name: 'Ladder', checked: true })).toBeTruthy()
})
