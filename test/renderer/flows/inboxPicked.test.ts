import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type * as InboxPicked from '#renderer/flows/inboxPicked.ts'
import { messageDetail, messageSummary } from '../../support/mail.ts'
import { fakeServices } from '../../support/services.ts'

const download = vi.fn<(name: string, bytes: string | Uint8Array) => void>()
let actOnPicked: typeof InboxPicked.actOnPicked
let exportPicked: typeof InboxPicked.exportPicked

beforeAll(async () => {
  // Another file may have loaded the flow with the real download, and the next one must not have this one.
  vi.resetModules()
  vi.doMock('#renderer/flows/download.ts', () => ({ download }))
  ;({ actOnPicked, exportPicked } = await import('#renderer/flows/inboxPicked.ts'))
})
afterAll(() => {
  vi.doUnmock('#renderer/flows/download.ts')
  vi.resetModules()
})
beforeEach(() => void download.mockClear())

function services() {
  const made = fakeServices()
  made.client
    .on('inbox.remove', () => ({ removed: 1 }))
    .on('inbox.star', () => ({}))
    .on('inbox.mark', () => ({}))
    .on('inbox.bulk', () => ({ changed: 9 }))
    .on('inbox.source', () => ({ base64: 'RnJvbSBh', total: 6 }))
  return made
}
const given = () => download.mock.calls.map(([name, bytes]) => [name, bytes.length])

test('acts on those that are picked, or on everything that is looked at', async () => {
  const made = services()
  made.stores.inbox.getState().put([messageSummary({ id: 'a' }), messageSummary({ id: 'b' })])
  made.stores.inbox.getState().set({ open: messageDetail({ id: 'a' }) })
  for (const act of ['star', 'unstar', 'read', 'unread'] as const) await actOnPicked(made, ['a'], act)
  expect(made.client.asked('inbox.star')).toEqual([
    { ids: ['a'], starred: true },
    { ids: ['a'], starred: false },
  ])
  expect(made.client.asked('inbox.mark').map(({ unread }) => unread)).toEqual([false, true])
  expect(await actOnPicked(made, ['a'], 'remove')).toBeUndefined()
  expect(made.stores.inbox.getState()).toMatchObject({ open: null, items: [{ id: 'b' }] })
  expect(await actOnPicked(made, null, 'star')).toBeUndefined()
  expect(made.client.asked('inbox.bulk')).toEqual([{ text: '', show: 'all', act: 'star' }])
})

test('more than one call may name go in several', async () => {
  const made = services()
  const ids = Array.from({ length: 10_001 }, (_, i) => `m${i}`)
  expect(await actOnPicked(made, ids, 'remove')).toBeUndefined()
  expect(made.client.asked('inbox.remove').map((one) => one.ids.length)).toEqual([10_000, 1])
})

test('what fails is told in words', async () => {
  expect(await actOnPicked(fakeServices(), ['a'], 'read')).toContain('gives no answer')
  expect(await exportPicked(fakeServices(), [messageSummary()], 'eml')).toContain('gives no answer')
})

test('one is an .eml, several an archive or an mbox; sessions have none', async () => {
  const made = services()
  const [a, b] = [messageSummary({ id: 'a', subject: 'A/B' }), messageSummary({ id: 'b' })]
  await exportPicked(made, [a], 'eml')
  await exportPicked(made, [a, b, messageSummary({ id: 's', outcome: 'refused' })], 'eml')
  await exportPicked(made, [a, b], 'mbox')
  expect(given()).toEqual([
    ['A_B.eml', 6],
    ['inbox.zip', expect.any(Number)],
    ['inbox.mbox', expect.any(Number)],
  ])
  expect(await exportPicked(made, [messageSummary({ outcome: 'idle' })], 'eml')).toContain(
    'None of these rows',
  )
  expect(await exportPicked(made, [messageSummary({ size: 400 << 20 })], 'mbox')).toContain('Select fewer')
})
