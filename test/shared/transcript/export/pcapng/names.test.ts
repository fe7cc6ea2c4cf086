import { expect, test } from 'vitest'
import { knownNames } from '#shared/transcript/export/pcapng/names.ts'
import { connectEvent, resolveEvent } from '#test/support/events.ts'
import { headOf } from '#test/support/pcapng.ts'

test('names are those looked up and the host, once an address, and no address by itself', () => {
  const events = [
    resolveEvent(1, { name: 'mx.example', addresses: [{ address: '192.0.2.9', family: 4 }] }),
    connectEvent(2, { address: '192.0.2.9' }),
    connectEvent(3, { address: '2001:db8::9', family: 6 }),
  ]
  const names = knownNames(headOf({ host: 'typed.example' }), events)
  expect(names.map(({ address, name }) => [address.length, name])).toEqual([[4, 'mx.example'], [16, 'typed.example']]) // prettier-ignore
  expect(knownNames(headOf({ host: '192.0.2.9' }), events.slice(1))).toEqual([])
  const many = Array.from({ length: 300 }, (_, i) =>
    connectEvent(i + 1, { address: `10.0.${i >> 8}.${i & 255}` }),
  )
  expect(knownNames(headOf(), many)).toHaveLength(64)
})
