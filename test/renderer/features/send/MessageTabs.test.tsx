import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageTabs } from '#renderer/features/send/MessageTabs.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('one part at a time; size and parts as the engine counts them', async () => {
  const services = roomServices()
  const part = { type: 'text/plain', size: 1 }
  services.client.on('message.preview', () => ({
    ok: true as const,
    base64: '',
    size: 4312,
    parts: [part, part, part],
    eightBit: false,
    smtputf8: false,
    longestLine: 1200,
    envelope: { from: '', to: [] },
    remarks: [],
  }))
  const { stores, container } = renderRoom(<MessageTabs />, services)
  expect((await screen.findByText(/4,312 bytes, 3 parts/)).textContent).toContain('1,200 octets')
  await userEvent.click(screen.getByRole('tab', { name: 'HTML' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'HTML' }), '<p>')
  expect(stores.compose.getState()).toMatchObject({ tab: 'html', draft: { html: '<p>' } })
  expect(screen.getByRole('tab', { name: /HTML.*has content/ })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('a problem is tied to its field', async () => {
  const { stores } = renderRoom(<MessageTabs />)
  stores.compose.getState().setProblems({ text: 'Too long.' })
  await screen.findByText('Too long.')
  expect(screen.getByRole('textbox', { name: 'Text' }).getAttribute('aria-invalid')).toBe('true')
})
test('while a raw message goes, the text says that it waits', async () => {
  const services = roomServices()
  services.stores.compose.getState().set({ raw: { name: '', size: 1, file: null, text: 'x' } })
  renderRoom(<MessageTabs />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }))
  expect(services.stores.compose.getState().tab).toBe('raw')
})
test('the way to the rest says what of it is not usual', async () => {
  const { stores } = renderRoom(<MessageTabs />)
  stores.compose.getState().change({ ...stores.compose.getState().draft, chunking: true })
  await userEvent.click(await screen.findByRole('button', { name: 'More of the message: CHUNKING' }))
  expect(stores.compose.getState().sheet).toBe('message')
})
