import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { BodySection } from '#renderer/features/dialogue/BodySection.tsx'
import { accepted } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('content is loaded when asked for, stretch by stretch', async () => {
  const { stores } = await renderSession('accepted', ({ session }) => <BodySection session={session} body={1} />, { sessions: [accepted()] }) // prettier-ignore
  stores.settings.getState().change({ bytes: 'text' })
  expect(screen.queryByText(/Your parcel/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Show the content' }))
  expect((await screen.findByText(/Your parcel/)).textContent).toContain('Subject: Order 4312')
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
  expect(await screen.findByText(/of 3\d KB/)).toBeTruthy()
})
