import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StatesSection } from '#renderer/features/dialogue/StatesSection.tsx'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { held } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('before and after, at both ends; what did not change is said so', async () => {
  await renderSession('held', ({ session }) => <StatesSection session={session} event={eventBySeq(session.log, 12)!} />, { sessions: [held()] }) // prettier-ignore
  expect(screen.getByTestId('ready').textContent).toBe('State of both endsClientSigning in→, then ReadyServerReady as before') // prettier-ignore
})
