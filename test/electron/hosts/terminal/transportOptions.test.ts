import { expect, test } from 'vitest'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { type TransportOptions, transportOf } from '../../../../electron/hosts/terminal/transportOptions.ts'

const base: TransportOptions = {
  host: 'mx.test', port: 587, tls: 'starttls', insecure: false, family: 0, auth: 'auto', allowCleartextAuth: false,
  dsnOrcpt: [], requireTls: false, pipelining: 'on', stopAfter: { stopAfter: 'end' },
} // prettier-ignore
const of = (change: Partial<TransportOptions> = {}, env = {}) =>
  transportOf({ ...base, ...change }, keptIo(env))

test('what nobody typed is not in the request', async () => {
  expect(await of()).toEqual({
    target: { host: 'mx.test', port: 587, tls: 'starttls', family: 0, certificate: 'check', timeouts: {} },
    auth: { mechanism: 'none', user: '', password: '', allowUnprotected: false },
    pipelining: true,
    stopAfter: 'end',
  })
})

const limits = async (change: Partial<TransportOptions>) => (await of(change)).target.timeouts

test('one limit for all, and others for single phases', async () => {
  expect(await limits({ timeout: 9 })).toEqual({ connect: 9, reply: 9 })
  expect(await limits({ timeout: 9, connectTimeout: 5 })).toEqual({ lookUp: 9, connect: 5, tls: 9, reply: 9 })
  const all = { timeout: 9, lookupTimeout: 1, connectTimeout: 2, tlsTimeout: 3, greetingTimeout: 4 }
  expect(await limits(all)).toEqual({ lookUp: 1, connect: 2, tls: 3, greeting: 4, reply: 9 })
})

test('delivery reports, extensions and the stop', async () => {
  const change = {
    dsnNotify: ['never' as const],
    dsnEnvid: 'e',
    '8bitmime': 'off' as const,
    requireTls: true,
    size: 3,
  }
  const stop = { stopAfter: 'body', stopAt: { octets: 5 } } as const
  expect(
    await of({ ...change, stopAfter: stop, stopHow: 'reset', source: '::1', resolver: 'r' }),
  ).toMatchObject({
    target: { source: '::1', resolver: 'r' },
    dsn: { notify: ['never'], envid: 'e' },
    extensions: { eightBitMime: 'off', requireTls: true, size: 3 },
    ...stop,
    stopHow: 'reset',
  })
  expect((await of({ dsnOrcpt: ['auto'] })).dsn).toEqual({ orcpt: 'auto' })
  expect((await of({ dsnOrcpt: ['a@x.test', ''] })).dsn).toEqual({ orcpt: ['a@x.test', ''] })
})
