import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ReplayDialog } from '#renderer/features/dialogue/replay/ReplayDialog.tsx'
import { renderReplay } from '../../../../support/page/replay.tsx'

test('both sides stand in one dialog; closing it forgets the recording', async () => {
  const { made } = renderReplay(<ReplayDialog />)
  expect(screen.getByRole('dialog', { name: 'Replay this dialogue' })).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Answer a client' }))
  expect(screen.getByRole('button', { name: 'Answer as recorded' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(made.stores.replay.getState().session).toBeNull()
})
