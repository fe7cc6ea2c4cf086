import { beforeEach, expect, test, vi } from 'vitest'
import { download } from '#renderer/flows/download.ts'
import { actOnPicked, exportPicked } from '#renderer/flows/inboxPicked.ts'
import { messageDetail, messageSummary } from '../../support/mail.ts'
import { fakeServices } from '../../support/services.ts'

vi.mock('#renderer/flows/download.ts', () => ({ download: vi.fn() }))
beforeEach(() => vi.mocked(download).mockClear())

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
const given = () => vi.mocked(download).mock.calls.map(([name, bytes]) => [name, typeof bytes === 'string' ? bytes.length : bytes.length]) // prettier-ignore

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
