import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { NewMenu } from '#renderer/features/dialogue/paste/NewMenu.tsx'
import { makeServices, renderWith } from '../../../../support/page/render.tsx'

test('the plus offers to send and to paste', async () => {
  const made = makeServices({})
  renderWith(<NewMenu />, {}, made)
  fireEvent.click(screen.getByRole('button', { name: 'New dialogue' }))
  const items = await screen.findAllByRole('menuitem')
  expect(items.map((item) => item.textContent)).toEqual(['Send a test message', 'Paste or open a dialogue'])
  fireEvent.click(items[1]!)
  expect(made.stores.view.getState().pasting).toBe('')
})
