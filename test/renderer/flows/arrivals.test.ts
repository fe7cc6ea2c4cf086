import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followArrivals } from '#renderer/flows/arrivals.ts'
import { messageSummary } from '#test/support/mail.ts'
import { fakeServices } from '#test/support/services.ts'

class FakeNotification extends EventTarget {
  static permission = 'granted'
  static shown: FakeNotification[] = []
  readonly title: string
  readonly about: { body: string; tag: string }
  close = vi.fn()
  constructor(title: string, about: { body: string; tag: string }) {
    super()
    Object.assign(this, { title, about })
    this.title = title
    this.about = about
    FakeNotification.shown.push(this)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeNotification.shown = []
  FakeNotification.permission = 'granted'
  vi.stubGlobal('Notification', FakeNotification)
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function following(notify = true, notifiedBy: 'page' | 'host' = 'page') {
  const services = fakeServices()
  services.stores.choices.getState().set({ choices: { serverStart: 'as-left', notify, notifiedBy } })
  const stop = followArrivals(services)
  const come = (...ids: string[]) => {
    const receivedAt = new Date(Date.now() + 1000).toISOString()
    const changes = ids.map((id) => ({ type: 'put' as const, summary: messageSummary({ id, receivedAt }) }))
    services.client.push('inbox.changes', changes)
    vi.runAllTimers()
  }
  return { services, stop, come }
}

test('one that arrives is told, and a click leads to it', () => {
  const { come } = following()
  vi.spyOn(window, 'focus').mockImplementation(() => {})
  come('m7')
  expect(FakeNotification.shown).toMatchObject([
    { title: 'Your order 10294 has shipped', about: { tag: 'm7' } },
  ])
  FakeNotification.shown[0]!.dispatchEvent(new Event('click'))
  expect(window.location.hash).toBe('#/inbox/m7')
})
test('a flood is one notice', () => {
  following().come('a', 'b', 'c')
  expect(FakeNotification.shown.map(({ title }) => title)).toEqual(['3 messages arrived'])
})
test('nothing is told to who looks, without permission, or once it is switched off', () => {
  const { come, services, stop } = following()
  vi.mocked(document.hasFocus).mockReturnValue(true)
  come('a')
  vi.mocked(document.hasFocus).mockReturnValue(false)
  FakeNotification.permission = 'denied'
  come('b')
  FakeNotification.permission = 'granted'
  services.stores.choices.getState().set({ choices: { serverStart: 'as-left', notify: false, notifiedBy: 'page' } }) // prettier-ignore
  expect(services.client.following('inbox.changes')).toHaveLength(0)
  stop()
  expect(FakeNotification.shown).toEqual([])
})
test('where it is off, or the host tells, the page does not even listen', () => {
  expect(following(false).services.client.following('inbox.changes')).toHaveLength(0)
  expect(following(true, 'host').services.client.following('inbox.changes')).toHaveLength(0)
})
