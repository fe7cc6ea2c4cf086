import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { PeerWaits } from '#renderer/features/dialogue/PeerWaits.tsx'
import { held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('who waits, how long and why; nothing while nobody waits', async () => {
  const peer = { patienceMs: 3_600_000, since: 0, why: 'RFC 5321 §4.5.3.2.3' }
  const view = await renderSession('held', PeerWaits, {
    sessions: [held()],
    gates: { held: { ...heldGate(), role: 'server', peer } },
  })
  expect(screen.getByText(/^The client waits \d+:\d\d more$/)).toBeTruthy()
  view.unmount()
  await renderSession('held', PeerWaits, { sessions: [held()], gates: { held: heldGate() } })
  expect(screen.queryByText(/waits/)).toBeNull()
})
