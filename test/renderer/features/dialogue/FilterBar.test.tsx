import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FilterBar } from '#renderer/features/dialogue/FilterBar.tsx'
import { FilterButton } from '#renderer/features/dialogue/FilterButton.tsx'
import { useSession } from '#renderer/features/dialogue/useSession.ts'
import { violations } from '../../../support/page/axe.ts'
import { renderWith, settle } from '../../../support/page/render.tsx'
import { accepted } from '../../../support/page/scenes.ts'

function Both({ id }: { id: string }) {
  const session = useSession(id)
  return (
    <>
      <FilterButton session={session} />
      <FilterBar session={session} />
    </>
  )
}
async function shown() {
  const made = renderWith(<Both id="accepted" />, { sessions: [accepted()] })
  await settle()
  await waitFor(() => expect(made.stores.transcripts.getState().logs['accepted']?.ended).toBe(true))
  await settle()
  return made
}

test('text, then Enter and Shift Enter from match to match; what was found is counted', async () => {
  const { stores, container } = await shown()
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find in this dialogue' }), 'ehlo')
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^\d+ of \d+ events$/))
  const first = () => stores.view.getState().cursors['accepted']
  await userEvent.keyboard('{Enter}')
  const one = first()
  await userEvent.keyboard('{Enter}')
  expect(first()).not.toBe(one)
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}')
  expect(first()).toBe(one)
  expect(screen.getByRole('status').textContent).toMatch(/^1 of \d+ matches, \d+ events$/)
  expect(await violations(container)).toEqual([])
})
test('choices come from what occurs, with counts, and can be taken away again', async () => {
  const { stores } = await shown()
  await userEvent.click(screen.getByRole('button', { name: 'Verb' }))
  await userEvent.click(screen.getByRole('menuitem', { name: /MAIL/ }))
  expect(stores.view.getState().filters['accepted']?.verbs).toEqual(['MAIL'])
  await userEvent.click(screen.getByRole('button', { name: 'Take MAIL out of the filter' }))
  expect(stores.view.getState().filters['accepted']?.verbs).toEqual([])
})
test('Escape clears and closes it; the button opens it again', async () => {
  const { stores } = await shown()
  await userEvent.type(screen.getByRole('searchbox'), 'x')
  await userEvent.keyboard('{Escape}')
  expect(stores.view.getState().filters['accepted']).toBeUndefined()
  expect(stores.view.getState().filterOpen).toBe(false)
  const opens = await screen.findByRole('button', { name: 'Find and filter' })
  await act(() => userEvent.click(opens))
  expect(stores.view.getState().filterOpen).toBe(true)
})
