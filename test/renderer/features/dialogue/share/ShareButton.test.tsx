import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ShareButton } from '#renderer/features/dialogue/share/ShareButton.tsx'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted } from '../../../../support/page/scenes.ts'

test('opens the dialog for its dialogue, and says what was copied by key', async () => {
  const { stores } = renderWith(<ShareButton session="accepted" />, { sessions: [accepted()] })
  act(() => stores.share.getState().set({ done: 'Copied for a ticket.' }))
  expect(screen.getByRole('status').textContent).toBe('Copied for a ticket.')
  await userEvent.click(screen.getByRole('button', { name: 'Share case' }))
  expect(stores.share.getState().session).toBe('accepted')
  expect(await screen.findByRole('dialog')).toBeTruthy()
})
