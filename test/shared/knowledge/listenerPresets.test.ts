import { expect, test } from 'vitest'
import { listenerPreset, listenerPresets } from '#shared/knowledge/listenerPresets.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'

test('every preset is a set of rules that the contract takes, with words of its own', () => {
  for (const { listeners, words, why, sets, reference } of listenerPresets) {
    expect(listeners.map((listener) => ListenerConfig.parse(listener))).toMatchObject(listeners)
    expect([words, why, reference].every((text) => text.length > 5)).toBe(true)
    expect(sets.length).toBeGreaterThan(2)
  }
  expect(new Set(listenerPresets.map(({ id }) => id)).size).toBe(listenerPresets.length)
})

test('no preset lets other machines in', () => {
  const rules = listenerPresets.flatMap(({ listeners }) => listeners.map((one) => ListenerConfig.parse(one)))
  expect(rules.filter(({ allowOutside, address }) => allowOutside || address !== '127.0.0.1')).toEqual([])
})

test('a submission service asks for a sign-in, and only inside TLS; an MX for neither', () => {
  const [submission] = listenerPreset('submission')!.listeners
  expect(submission).toMatchObject({
    port: 587,
    tls: 'starttls-required',
    auth: 'required',
    authOnlyAfterTls: true,
  })
  const [mx] = listenerPreset('mx')!.listeners
  expect(mx).toMatchObject({ port: 25, tls: 'starttls', auth: 'off' })
})

test('all four ports are there once each', () => {
  expect(listenerPreset('four-ports')!.listeners.map(({ port }) => port)).toEqual([25, 465, 587, 2525])
  expect(listenerPreset('none')).toBeNull()
})
