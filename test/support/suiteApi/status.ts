/** Owns: how the API for test suites stands, for tests of the page. */
import type { Delivery, SuiteApiStatus, Webhook } from '#shared/rpc/contract/suiteApi.ts'

/** A change that names a field as undefined takes it away. */
type Change<T> = { [K in keyof T]?: T[K] | undefined }

function changed<T extends object>(value: T, change: Change<T>): T {
  return Object.fromEntries(
    Object.entries({ ...value, ...change }).filter(([, one]) => one !== undefined),
  ) as T
}

export const suiteApiStatus = (change: Change<SuiteApiStatus> = {}): SuiteApiStatus =>
  changed<SuiteApiStatus>(
    { on: true, address: '127.0.0.1', port: 8026, actualPort: 8026, allowOutside: false, names: [], tokened: true, tokenKept: 'keychain', requests: 0, waiting: 0, streams: 0, allowedHosts: [], webhooks: [] },
    change,
  ) // prettier-ignore

export const webhookDelivery = (change: Change<Delivery> = {}): Delivery =>
  changed<Delivery>(
    { id: 'd', webhook: 'h', event: 'message', about: 'm.1', queuedAt: '2026-03-04T10:42:00.000Z', state: 'delivered', attempts: 1, status: 200, words: 'Taken, 200.' },
    change,
  ) // prettier-ignore

export const webhook = (change: Change<Webhook> = {}): Webhook =>
  changed<Webhook>(
    { id: 'h', url: 'http://127.0.0.1:3000/mail', events: ['message'], pending: 0, dropped: 0 },
    change,
  )
