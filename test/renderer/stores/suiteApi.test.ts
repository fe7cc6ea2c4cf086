import { expect, test } from 'vitest'
import { createSuiteApiStore } from '#renderer/stores/suiteApi.ts'
import { suiteApiStatus } from '#test/support/suiteApi/status.ts'

test('knows nothing at first, and what it is told', () => {
  const store = createSuiteApiStore()
  expect(store.getState()).toMatchObject({
    status: null,
    busy: false,
    problems: [],
    token: null,
    secrets: {},
  })
  store.getState().set({ status: suiteApiStatus(), token: 't' })
  expect(store.getState()).toMatchObject({ status: { on: true }, token: 't', secrets: {} })
})
