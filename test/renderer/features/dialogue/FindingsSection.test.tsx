import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FindingsSection } from '#renderer/features/dialogue/FindingsSection.tsx'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { refused } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('sentence, next step, how sure, evidence', async () => {
  const { stores } = await renderSession('refused', ({ session }) => <FindingsSection session={session} event={eventBySeq(session.log, 1)!} />, { sessions: [refused()] }) // prettier-ignore
  for (const words of ['Found in this dialogue', 'The server does not relay for strangers.', 'Sign in first, on port 587.', 'Certain', 'relay-denied']) expect(screen.getByText(words)).toBeTruthy() // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Event 9' }))
  expect(stores.view.getState().cursors['refused']).toBe(9)
})
