import { act } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { usePlayback } from '#renderer/features/dialogue/usePlayback.ts'
import type { Session } from '#renderer/features/dialogue/useSession.ts'
import { accepted } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

function Playing({ session }: { session: Session }) {
  usePlayback(session)
  return null
}

test('what runs goes on by itself and stops at a breakpoint', async () => {
  const { stores } = await renderSession('accepted', Playing, { sessions: [accepted()] })
  const { playback } = stores
  act(() => {
    playback.getState().set({ speed: '1', stops: ['STARTTLS'], running: 'accepted' })
    playback.getState().show('accepted', 1)
  })
  await vi.waitFor(() => expect(playback.getState().running).toBe(''), { timeout: 10_000 })
  const seq = playback.getState().at['accepted']
  expect(accepted().events.find((event) => event.seq === seq)).toMatchObject({ verb: 'STARTTLS' })
})
