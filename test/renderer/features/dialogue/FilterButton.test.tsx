import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FilterButton } from '#renderer/features/dialogue/FilterButton.tsx'
import { useSession } from '#renderer/features/dialogue/useSession.ts'
import { renderWith, settle } from '../../../support/page/render.tsx'
import { accepted } from '../../../support/page/scenes.ts'

const Shown = () => <FilterButton session={useSession('accepted')} />

test('opens the bar; pressed again it ends the filter with it', async () => {
  const { stores } = renderWith(<Shown />, { sessions: [accepted()] })
  await settle()
  await userEvent.click(screen.getByRole('button', { name: 'Find and filter' }))
  expect(stores.view.getState().filterOpen).toBe(true)
  stores.view.getState().setFilter('accepted', { text: 'a' })
  await settle()
  await userEvent.click(screen.getByRole('button', { name: 'Clear and close the filter' }))
  expect(stores.view.getState()).toMatchObject({ filterOpen: false, filters: {} })
})
