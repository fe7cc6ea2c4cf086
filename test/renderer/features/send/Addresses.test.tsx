import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Addresses } from '#renderer/features/send/Addresses.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const add = async (name: RegExp) => {
  await userEvent.click(screen.getByRole('button', { name: /Further addresses/ }))
  await userEvent.click(screen.getByRole('menuitem', { name }))
}

test('cc, bcc and reply-to appear when asked for, and go again with what was in them', async () => {
  const { stores, container } = renderRoom(<Addresses />)
  await add(/^Cc/)
  await userEvent.type(await screen.findByRole('textbox', { name: 'Cc' }), 'rosa@pelican.example')
  await add(/^Bcc/)
  await add(/^Reply-To/)
  expect(stores.compose.getState().draft).toMatchObject({
    cc: 'rosa@pelican.example',
    bccShown: true,
    replyToShown: true,
  })
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'No Cc' }))
  expect(stores.compose.getState().draft).toMatchObject({ ccShown: false, cc: '' })
})
test('another envelope begins as the header fields say', async () => {
  const { stores } = renderRoom(<Addresses />)
  await userEvent.type(screen.getByRole('textbox', { name: 'From' }), 'a@b.example')
  await add(/Another envelope/)
  expect(stores.compose.getState().draft).toMatchObject({ envelopeShown: true, envelopeFrom: 'a@b.example' })
  await userEvent.click(screen.getByRole('button', { name: /envelope as the header/ }))
  expect(stores.compose.getState().draft).toMatchObject({ envelopeShown: false, envelopeFrom: '' })
})
