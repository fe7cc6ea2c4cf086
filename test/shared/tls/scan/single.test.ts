import { expect, test } from 'vitest'
import { Single } from '#shared/tls/scan/single.ts'

const ask = { version: 'TLSv1.2', suites: [1], groups: [], serverName: undefined } as const

test('asks once and keeps the answer', () => {
  const single = new Single(ask)
  expect(single.ask()).toBe(ask)
  expect(single.answered).toBe(false)
  single.answer({ kind: 'closed' })
  expect([single.ask(), single.answered, single.hello]).toEqual([undefined, true, undefined])
})
