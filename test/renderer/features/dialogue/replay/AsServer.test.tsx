import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { AsServer } from '#renderer/features/dialogue/replay/AsServer.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { port, renderReplay } from '../../../../support/page/replay.tsx'

test('a port is started, named for the client and stopped', async () => {
  renderReplay(<AsServer />, {
    'replay.server': () => ({ ok: true, replay: port }),
    'replay.stop': () => ({ stopped: true }),
  })
  expect(screen.getByText(/Nothing answers yet/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Answer as recorded' }))
  expect(await screen.findByText('127.0.0.1:4321')).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Stop 127.0.0.1:4321' }))
  expect(await screen.findByText(/Nothing answers yet/)).toBeTruthy()
})
