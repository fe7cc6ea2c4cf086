import { expect, it } from 'vitest'
import { createVersusStore } from '#renderer/stores/versus.ts'

it('changes what is asked, one field at a time', () => {
  const store = createVersusStore()
  store.getState().change({ messages: 10 })
  store.getState().change({ roundTrip: 0 })
  expect(store.getState().draft).toMatchObject({ messages: 10, roundTrip: 0, size: 0 })
})
