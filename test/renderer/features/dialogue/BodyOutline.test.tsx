import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { BodyOutline } from '#renderer/features/dialogue/BodyOutline.tsx'
import { accepted } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('the parts are listed, or why they cannot be', async () => {
  await renderSession('accepted', ({ session }) => <BodyOutline session={session} body={1} />, { sessions: [accepted()] }) // prettier-ignore
  expect(await screen.findByRole('list', { name: 'Parts of the message' })).toBeTruthy()
})
test('of a body that is still coming nothing is read', async () => {
  const { events, summary } = accepted()
  const cut = events.filter(({ kind, seq }) => kind !== 'chunk' || seq === events.find((one) => one.kind === 'chunk')!.seq) // prettier-ignore
  await renderSession('accepted', ({ session }) => <BodyOutline session={session} body={1} />, { sessions: [{ summary, events: cut }] }) // prettier-ignore
  expect(screen.getByText('The message is still coming.')).toBeTruthy()
})
