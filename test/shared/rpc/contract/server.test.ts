import { expect, test } from 'vitest'
import { server, ServerConfig } from '#shared/rpc/contract/server.ts'

test('a change of one limit leaves the others alone', () => {
  const change = server['server.configure'].input.parse({ limits: { recipients: 5 } })
  expect(change.limits).toEqual({ recipients: 5 })
})

test('a listener that is changed keeps what it does not name at its default, since listeners are given whole', () => {
  const change = server['server.configure'].input.parse({ listeners: [{ port: 2525 }] })
  expect(change.listeners).toMatchObject([{ address: '127.0.0.1', tls: 'starttls', allowOutside: false }])
})

test('rules given at the start have every limit', () => {
  const { limits } = ServerConfig.parse({ listeners: [], limits: { recipients: 5 } })
  expect(limits).toMatchObject({ recipients: 5, idle: 300_000, messageSize: 64_000_000 })
})
