import { expect, test } from 'vitest'
import { relayHandlers } from '#engine/handlers/relay.ts'
import { contract } from '#shared/rpc/contract.ts'

test('every call of the relay has a handler', () => {
  const named = Object.keys(contract).filter((name) => name.startsWith('relay.'))
  expect(Object.keys(relayHandlers()).toSorted()).toEqual(named.toSorted())
})
