import { expect, test } from 'vitest'
import { clientTimeouts, serverExtensions, serverLimits, stopPoints } from '#shared/smtp/machine/options.ts'
import { stopPoints as contract } from '#shared/rpc/contract/dialogue.ts'

test('the stop points are those of the contract', () => {
  expect(stopPoints).toEqual(contract)
})

test('limits of time follow RFC 5321 §4.5.3.2 and limits of size §4.5.3.1', () => {
  const minutes = Object.entries(clientTimeouts).map(([name, ms]) => [name, ms / 60_000])
  expect(Object.fromEntries(minutes)).toMatchObject({
    greeting: 5,
    mail: 5,
    rcpt: 5,
    data: 2,
    bodyBlock: 3,
    bodyEnd: 10,
  })
  expect(serverLimits.idle).toBeGreaterThanOrEqual(300_000)
  expect(serverLimits.line).toBeGreaterThanOrEqual(512)
  expect(serverLimits.recipients).toBeGreaterThanOrEqual(100)
})

test('extensions are named once', () => {
  expect(new Set(serverExtensions).size).toBe(serverExtensions.length)
})
