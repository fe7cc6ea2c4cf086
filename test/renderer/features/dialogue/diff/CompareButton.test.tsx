import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CompareButton } from '#renderer/features/dialogue/diff/CompareButton.tsx'
import { renderWith } from '../../../../support/page/render.tsx'

test('opens the picker for its dialogue', async () => {
  const { stores } = renderWith(<CompareButton id="held" />)
  await userEvent.click(screen.getByRole('button', { name: 'Compare with…' }))
  expect(stores.compare.getState().picking).toBe('held')
  expect(screen.getByRole('dialog', { name: 'Compare with…' })).toBeTruthy()
})
