import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TranscriptList } from '#renderer/features/dialogue/TranscriptList.tsx'
import { violations } from '../../../support/page/axe.ts'
import { renderWith } from '../../../support/page/render.tsx'
import { accepted, held, refused } from '../../../support/page/scenes.ts'

const list = () => {
  const made = renderWith(<TranscriptList selected="held" />, { sessions: [held(), accepted(), refused()] })
  act(() => made.stores.transcripts.getState().put([held().summary, accepted().summary, refused().summary]))
  return made
}
test('groups, words, keyboard', async () => {
  const { container } = list()
  expect(await screen.findByText('Live')).toBeTruthy()
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Paused before MAIL')
  screen.getByRole('listbox', { name: 'Transcripts' }).focus()
  await userEvent.keyboard('{ArrowDown}')
  expect(window.location.hash).toBe('#/dialogue/accepted')
  expect(await violations(container)).toEqual([])
})
test('the filter acts at once on what is loaded, then on the wire text', async () => {
  const { stores } = list()
  await userEvent.type(screen.getByRole('searchbox', { name: 'Filter transcripts' }), 'Greylisted')
  expect(screen.getByText('No transcript contains that.')).toBeTruthy()
  await vi.waitFor(() => expect(stores.transcripts.getState().filtered?.ids).toEqual(['accepted']))
  expect(await screen.findByRole('option', { name: /harbour/ })).toBeTruthy()
})
