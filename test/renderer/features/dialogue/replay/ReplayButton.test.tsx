import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ReplayButton } from '#renderer/features/dialogue/replay/ReplayButton.tsx'
import { port, preview, renderReplay } from '../../../../support/page/replay.tsx'

test('opens the dialog, and tells how many ports answer', async () => {
  const handlers = { 'replay.preview': () => preview, 'replay.list': () => ({ replays: [port] }) }
  renderReplay(<ReplayButton session="accepted" live={false} />, handlers, { session: null })
  await userEvent.click(await screen.findByRole('button', { name: 'Replay… (1 port answers as recorded)' }))
  expect(await screen.findByRole('dialog', { name: 'Replay this dialogue' })).toBeTruthy()
})
