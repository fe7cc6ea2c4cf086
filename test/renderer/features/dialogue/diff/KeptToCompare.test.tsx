import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { KeptToCompare } from '#renderer/features/dialogue/diff/KeptToCompare.tsx'
import { renderWith } from '../../../../support/page/render.tsx'
import { held } from '../../../../support/page/scenes.ts'

test('names what was kept, and lets it go', async () => {
  const { stores, container } = renderWith(<KeptToCompare />)
  expect(container.textContent).toBe('')
  act(() => {
    stores.transcripts.getState().put([held().summary])
    stores.compare.getState().set({ kept: 'held' })
  })
  expect(container.textContent).toContain('Compare smtp.harbour.example:587 with')
  await userEvent.click(screen.getByRole('button', { name: 'Do not compare' }))
  expect(stores.compare.getState().kept).toBe('')
})
