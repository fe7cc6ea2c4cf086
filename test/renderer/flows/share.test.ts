import { beforeEach, expect, test, vi } from 'vitest'
import {
  chooseShare,
  closeShare,
  copyForTicket,
  copyShared,
  makeShare,
  octetsOfShared,
  openShare,
  saveShared,
  shareAt,
  sizeOfShared,
} from '#renderer/flows/share.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { Shared } from '#shared/rpc/contract/transcript.ts'
import { arrive, fakeServices } from '../../support/services.ts'

const shared: Shared = { name: 'a.txt', mime: 'text/plain', text: 'ü\n', replaced: { addresses: 2, names: 0, bodies: 1 }, notes: [] } // prettier-ignore
const copied: string[] = []
const allow = (writeText: (text: string) => Promise<void>) =>
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })

beforeEach(() => {
  copied.length = 0
  allow(async (text) => void copied.push(text))
})

test('opening makes what was chosen last; a choice is kept and makes it anew', async () => {
  const services = fakeServices()
  services.client.on('transcript.share', () => shared)
  openShare(services, 's')
  expect(services.stores.share.getState().state).toBe('loading')
  await arrive()
  expect(services.stores.share.getState()).toMatchObject({ state: 'ready', shared })
  chooseShare(services, { format: 'text', names: false })
  await arrive()
  expect(services.client.asked('transcript.share').at(-1)).toEqual({ session: 's', format: 'text', redact: { addresses: true, names: false, bodies: true } }) // prettier-ignore
  expect(services.saved.get('relayscope.settings')).toContain('"names":false')
  closeShare(services)
  expect(services.stores.share.getState()).toMatchObject({ session: null, shared: null })
})

test('an answer to an earlier choice is dropped', async () => {
  const services = fakeServices()
  const answers: ((shared: Shared) => void)[] = []
  services.client.on('transcript.share', () => new Promise((resolve) => answers.push(resolve)))
  openShare(services, 's')
  chooseShare(services, { format: 'text' })
  await arrive()
  answers[1]!({ ...shared, name: 'second' })
  await arrive()
  answers[0]!({ ...shared, name: 'first' })
  await arrive()
  expect(services.stores.share.getState().shared?.name).toBe('second')
})

test('closed and opened again, the answer of before is no failure', async () => {
  const services = fakeServices()
  const answers: ((shared: Shared) => void)[] = []
  services.client.on('transcript.share', () => new Promise((resolve) => answers.push(resolve)))
  openShare(services, 's')
  closeShare(services)
  openShare(services, 's')
  await arrive()
  expect(services.stores.share.getState().state).toBe('loading')
  answers[1]!({ ...shared, name: 'second' })
  await arrive()
  expect(services.stores.share.getState()).toMatchObject({ state: 'ready', shared: { name: 'second' } })
})

test('what cannot be made says why', async () => {
  const services = fakeServices()
  services.client.on('transcript.share', () => {
    throw new RpcError('bad-argument', 'session: it has too much.')
  })
  openShare(services, 's')
  await arrive()
  expect(services.stores.share.getState()).toMatchObject({ state: 'failed', problem: 'It has too much.', shared: null }) // prettier-ignore
  await copyForTicket(services, 's')
  expect(services.stores.view.getState().notice).toBe('It was not copied. It has too much.')
})

test('nothing is made while the dialog is closed', async () => {
  const services = fakeServices()
  await makeShare(services)
  expect(services.client.calls).toEqual([])
})

test('copying says so, and so does a clipboard that is not allowed', async () => {
  const services = fakeServices()
  await copyShared(services, shared)
  expect(copied).toEqual(['ü\n'])
  expect(services.stores.share.getState().done).toBe('Copied to the clipboard.')
  allow(() => Promise.reject(new Error('no')))
  await copyShared(services, shared)
  expect(services.stores.share.getState().done).toMatch(/not allowed/)
})

test('one key copies for a ticket, hidden as chosen last, and says what was hidden', async () => {
  const services = fakeServices()
  services.client.on('transcript.share', () => shared)
  await copyForTicket(services, 's')
  expect(services.client.asked('transcript.share')[0]).toMatchObject({ redact: { addresses: true, names: true, bodies: true } }) // prettier-ignore
  expect(copied).toEqual(['ü\n'])
  expect(services.stores.share.getState().done).toBe(
    'Copied for a ticket. 2 addresses replaced, 1 message removed.',
  )
})

test('text and octets are saved as they are', () => {
  const services = fakeServices()
  const blobs: Blob[] = []
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
    revokeObjectURL: () => {},
  })
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  saveShared(services, shared)
  const { text: _, ...binary } = { ...shared, base64: 'AAEC' }
  saveShared(services, binary)
  expect(blobs.map(({ size, type }) => [size, type])).toEqual([[3, 'text/plain'], [3, 'text/plain']]) // prettier-ignore
  expect([sizeOfShared(shared), sizeOfShared(binary)]).toEqual([3, 3])
  expect([...octetsOfShared(binary)]).toEqual([0, 1, 2])
  expect(() => octetsOfShared({ ...shared, base64: '!' })).toThrow('not base64')
  expect(services.stores.share.getState().done).toBe('Saved as a.txt.')
  click.mockRestore()
})
test('from another room the dialogue comes to the front first', () => {
  const services = fakeServices()
  shareAt(services, 's7')
  expect(window.location.hash).toBe('#/dialogue/s7')
  expect(services.stores.share.getState().session).toBe('s7')
})
