import { expect, test } from 'vitest'
import { createServerStore } from '#renderer/stores/server.ts'
import { serverStatus } from '#test/support/mail.ts'

test('nothing is known until the engine tells, then the last word counts', () => {
  const store = createServerStore()
  expect(store.getState()).toMatchObject({ status: null, busy: false, problems: [] })
  store.getState().set({ status: serverStatus() })
  store.getState().set({ problems: ['no'] })
  expect(store.getState()).toMatchObject({ status: { running: true }, problems: ['no'] })
})
