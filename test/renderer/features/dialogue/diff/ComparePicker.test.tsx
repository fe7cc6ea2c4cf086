import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ComparePicker } from '#renderer/features/dialogue/diff/ComparePicker.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted, held, refused } from '../../../../support/page/scenes.ts'

function open() {
  const made = renderWith(<ComparePicker />, { sessions: [held(), accepted(), refused()] })
  act(() => {
    made.stores.transcripts.getState().put([held().summary, accepted().summary, refused().summary])
    made.stores.compare.getState().set({ picking: 'held' })
  })
  return made
}
test('recent ones but itself; keys choose, Enter compares', async () => {
  const { stores } = open()
  expect(screen.getAllByRole('option')).toHaveLength(2)
  expect(await violations(document.body)).toEqual([])
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(window.location.hash).toBe('#/dialogue/held/with/refused')
  expect(stores.compare.getState().picking).toBe('')
  window.location.hash = ''
})
test('by the wire text, too; what is nowhere is said', async () => {
  open()
  await userEvent.keyboard('Greylisted')
  await vi.waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1))
  await userEvent.keyboard('-nowhere')
  expect(screen.getByText('No dialogue contains that.')).toBeTruthy()
})
