import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DialogueHeader } from '#renderer/features/dialogue/DialogueHeader.tsx'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('where, how it stands, one sentence', async () => {
  await renderSession('held', DialogueHeader, { sessions: [held()], gates: { held: heldGate() } })
  expect(screen.getByRole('heading', { name: 'smtp.harbour.example:587' })).toBeTruthy()
  expect(screen.getByText('Paused before MAIL')).toBeTruthy()
  expect(screen.getByText('Sealed after STARTTLS. No message has been sent yet.')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Delete this dialogue' }).disabled).toBe(true)
})
test('deleting asks first, and the safe answer has the focus', async () => {
  const { engine } = await renderSession('accepted', DialogueHeader, { sessions: [accepted()] })
  await userEvent.click(screen.getByRole('button', { name: 'Delete this dialogue' }))
  expect(document.activeElement?.textContent).toBe('Keep it')
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await vi.waitFor(() => expect(engine.removed).toEqual(['accepted']))
})
test('a dialogue is shared from here', async () => {
  await renderSession('accepted', DialogueHeader, { sessions: [accepted()] })
  await userEvent.click(screen.getByRole('button', { name: 'Share case' }))
  expect(await screen.findByRole('dialog', { name: 'Share this dialogue' })).toBeTruthy()
})
