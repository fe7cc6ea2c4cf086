import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { RenderedTab } from '#renderer/features/inbox/RenderedTab.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const view = { remoteImages: 2, trackers: 1, removed: [{ kind: 'forms', count: 1 }], links: [{ text: 'bank.example', href: 'https://evil.example/' }] } // prettier-ignore

test('the frame has no right at all; what was held back is said, and loaded once when asked for', async () => {
  const services = roomServices()
  services.client.on('inbox.view', () => view)
  renderRoom(<RenderedTab id="S.1" width="phone" />, services)
  await screen.findByText(
    /2 remote images were not loaded, one of them a 1 by 1 tracker. Left out: forms \(1\)/,
  )
  const frame = screen.getByTitle('The message as HTML, without scripts')
  expect(frame.getAttribute('sandbox')).toBe('')
  expect(frame.getAttribute('src')).toBe('/mail/S.1')
  await userEvent.click(screen.getByRole('button', { name: '1 link' }))
  expect(screen.getByText('https://evil.example/')).toBeTruthy()
  expect(screen.getByText(/says bank.example, leads to evil.example/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Load remote images once' }))
  const loaded = screen.getByTitle('The message as HTML, without scripts')
  expect(loaded.getAttribute('src')).toBe('/mail/S.1?remote=once')
  expect(loaded.getAttribute('sandbox')).toBe('')
})
test('HTML that cannot be read, or an engine that cannot be asked, is said', async () => {
  const services = roomServices()
  services.client.on('inbox.view', () => null)
  renderRoom(<RenderedTab id="S.1" width="desktop" />, services)
  expect(await screen.findByText(/cannot be read/)).toBeTruthy()
})
