import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DialogueView } from '#renderer/features/dialogue/DialogueView.tsx'
import { held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('new lines are announced; following ends and begins again by a button', async () => {
  const { engine, stores } = await renderSession('held', DialogueView, { sessions: [held()], gates: { held: heldGate() } }) // prettier-ignore
  act(() => engine.push({ session: 'held', seq: 13, at: 500_000, phase: 'mail', direction: 'to-server', sealed: true, kind: 'line', verb: 'NOOP', raw: 'NOOP\r\n' })) // prettier-ignore
  await vi.waitFor(() => expect(stores.view.getState().announcement).toBe('Client, NOOP, sealed'))
  expect(screen.queryByRole('button', { name: 'Follow new lines' })).toBeNull()
  act(() => stores.view.getState().follow('held', false))
  await userEvent.click(screen.getByRole('button', { name: 'Follow new lines' }))
  expect(stores.view.getState().following['held']).toBe(true)
})
