import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TimingSection } from '#renderer/features/dialogue/TimingSection.tsx'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { held } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('waited before, since the beginning, and about how much of it was the server’s', async () => {
  await renderSession('held', ({ session }) => <TimingSection session={session} event={eventBySeq(session.log, 12)!} />, { sessions: [held()] }) // prettier-ignore
  expect(screen.getByTestId('ready').textContent).toBe('Timing118 ms after AUTH19 ms outabout 80 ms server19 ms backTCP connected in 38 ms: one round trip. The rest of the wait is the server’s.455 ms since the session began') // prettier-ignore
})

test('a text without times makes no claim', async () => {
  const scene = held()
  const session = { ...scene, summary: { ...scene.summary, times: 'none' as const } }
  await renderSession('held', ({ session: one }) => <TimingSection session={one} event={eventBySeq(one.log, 12)!} />, { sessions: [session] }) // prettier-ignore
  expect(screen.getByTestId('ready').textContent).toBe('TimingThe text that this was read from does not say when.') // prettier-ignore
})
