import { expect, test } from 'vitest'
import { createRelayStore } from '#renderer/stores/relay.ts'
import { relayStatus } from '#test/support/relay/page.ts'

test('nothing is known at first, and why an attempt was decided is what is shown', () => {
  const store = createRelayStore()
  expect(store.getState()).toMatchObject({ status: null, rules: null, queue: null, view: 'why', asks: null })
  store.getState().set({ status: relayStatus(), selected: 'x' })
  expect(store.getState()).toMatchObject({ selected: 'x', view: 'why' })
})
