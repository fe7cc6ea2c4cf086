import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DiffRoom } from '#renderer/features/dialogue/diff/DiffRoom.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted, refused } from '../../../../support/page/scenes.ts'

const sessions = () => ({ sessions: [accepted(), refused()] })

test('two dialogues, one verdict; a step leads to its event', async () => {
  const { container, stores } = renderWith(<DiffRoom left="accepted" right="refused" />, sessions())
  await userEvent.click(await screen.findByRole('button', { name: /^Right, event 9/ }))
  expect(window.location.hash).toBe('#/dialogue/refused')
  expect(stores.view.getState().cursors).toEqual({ refused: 9 })
  expect(await violations(container)).toEqual([])
  window.location.hash = ''
})
test('both identical', async () => {
  renderWith(<DiffRoom left="refused" right="refused" />, sessions())
  expect(await screen.findByRole('heading', { name: /^No difference in \d+ steps\.$/ })).toBeTruthy()
})
test('one missing: which, why, and what to do', async () => {
  const { stores } = renderWith(<DiffRoom left="accepted" right="gone" />, sessions())
  expect(await screen.findByRole('heading', { name: 'The right dialogue is not there' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Compare with another…' }))
  expect(stores.compare.getState().picking).toBe('accepted')
})
