import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Dock } from '#renderer/features/dialogue/Dock.tsx'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('while we hold it: step, run, breakpoints; the strip leads to its events', async () => {
  const { engine, stores } = await renderSession('held', Dock, {
    sessions: [held()],
    gates: { held: heldGate() },
  })
  await userEvent.click(screen.getByRole('button', { name: /^Step/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Run/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Do not pause before DATA' }))
  await vi.waitFor(() => expect(engine.acted.map(({ action }) => action)).toEqual([{ type: 'step' }, { type: 'run' }, { type: 'breakpoints', breakpoints: ['MAIL', '5xx'] }])) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: /^tls/ }))
  expect(stores.view.getState().cursors['held']).toBe(8)
})
test('over or not ours: the strip alone', async () => {
  await renderSession('accepted', Dock, { sessions: [accepted()] })
  expect(screen.queryByRole('button', { name: /Step|Run|Drop/ })).toBeNull()
  expect(screen.getByRole('group', { name: 'Phases of the dialogue' })).toBeTruthy()
})
