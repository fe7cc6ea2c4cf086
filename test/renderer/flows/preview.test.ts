import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followPreview } from '#renderer/flows/preview.ts'
import { attach } from '#renderer/flows/sendFiles.ts'
import type { Preview } from '#shared/rpc/contract/message.ts'
import { fakeServices } from '#test/support/services.ts'

const preview: Preview = { ok: true, base64: '', size: 490, parts: [], eightBit: false, smtputf8: false, longestLine: 70, envelope: { from: '', to: [] }, remarks: [] } // prettier-ignore
let services: ReturnType<typeof fakeServices>
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  services = fakeServices()
  services.client.on('message.preview', () => preview)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})
const state = () => services.stores.compose.getState()
const settle = () => vi.advanceTimersByTimeAsync(1000)

test('is composed once after the last of several changes, and not for what it does not depend on', async () => {
  stop = followPreview(services)
  for (const text of ['H', 'He', 'Hel']) state().change({ ...state().draft, text })
  state().setPassword('pw')
  await settle()
  expect(services.client.asked('message.preview').map(({ message }) => message.text)).toEqual(['Hel'])
  expect(state().preview).toMatchObject({ state: 'ready', preview: { size: 490 }, unread: 0 })
  state().setPassword('other')
  await settle()
  expect(services.client.asked('message.preview')).toHaveLength(1)
})
test('large files are counted, not sent', async () => {
  stop = followPreview(services)
  const file = new File(['x'], 'large')
  Object.defineProperty(file, 'size', { value: 9 << 20 })
  attach(services, [file])
  await settle()
  expect(services.client.asked('message.preview')[0]?.message.attachments).toEqual([])
  expect(state().preview).toMatchObject({ unread: 9 << 20 })
})
test('what cannot be composed is no size', async () => {
  stop = followPreview(services)
  state().change({ ...state().draft, to: 'x@y@z' })
  await settle()
  expect(state().preview.state).toBe('refused')
})
test('without its key a message is counted unsigned', async () => {
  stop = followPreview(services)
  state().change({ ...state().draft, dkimOn: true, dkimDomain: 'x.example' })
  await settle()
  expect(services.client.asked('message.preview')[0]?.message.dkim).toBeUndefined()
})
test('after it was stopped nothing is asked', async () => {
  stop = followPreview(services)
  stop()
  state().change({ ...state().draft, text: 'x' })
  await settle()
  expect(services.client.calls).toEqual([])
})
