import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { SourceTab } from '#renderer/features/inbox/SourceTab.tsx'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

let services: RoomServices
const whole = utf8('Subject: hi\r\n\tfolded\r\n\r\n..dots\r\n')
beforeEach(() => {
  services = roomServices()
  // jsdom lays nothing out: the scrolling box is given a size.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  return () => vi.restoreAllMocks()
})

test('shows the octets as they came', async () => {
  services.client.on('inbox.source', ({ from, size }) => ({
    base64: toBase64(whole.slice(from, from + size)),
    total: whole.length,
  }))
  renderRoom(<SourceTab id="m1" total={whole.length} />, services)
  const source = await screen.findByText(/Subject: hi/)
  expect(source.textContent).toBe('Subject: hi\n\tfolded\n\n..dots')
})
test('of 50 MB only what is in sight is asked for', async () => {
  const asked: number[] = []
  services.client.on('inbox.source', ({ from, size }) => {
    asked.push(from)
    return {
      base64: toBase64(utf8(`${'x'.repeat(98)}\r\n`.repeat(Math.ceil(size / 100)).slice(0, size))),
      total: 50 << 20,
    }
  })
  renderRoom(<SourceTab id="m1" total={50 << 20} />, services)
  expect((await screen.findAllByText(/xxx/)).length).toBeLessThan(6)
  expect(asked.length).toBeLessThan(6)
  expect(screen.getByText(/52,428,800 octets/)).toBeTruthy()
})
test('a stretch that cannot be read says why', async () => {
  services.client.on('inbox.source', () => {
    throw new Error('The message was deleted.')
  })
  renderRoom(<SourceTab id="m1" total={10} />, services)
  expect(await screen.findByText('The message was deleted.')).toBeTruthy()
})
