import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { BodySection } from '#renderer/features/dialogue/BodySection.tsx'
import { accepted } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('content begins at once, as octets too, and more of it is loaded when asked for', async () => {
  const { stores } = await renderSession('accepted', ({ session }) => <BodySection session={session} body={1} />, { sessions: [accepted()] }) // prettier-ignore
  stores.settings.getState().change({ bytes: 'text' })
  expect(await screen.findByText(/^256 B of 3\d KB/)).toBeTruthy()
  expect(screen.getByText(/Subject: Order 4312/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Hex' }))
  expect(screen.queryByText(/Subject: Order 4312/)).toBeNull()
  expect(screen.getByText('f8')).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Text' }))
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
  expect((await screen.findByText(/Your parcel/)).textContent).toContain('Subject: Order 4312')
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
  expect(await screen.findByText(/of 3\d KB/)).toBeTruthy()
})
