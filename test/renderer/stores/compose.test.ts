import { expect, test } from 'vitest'
import { composeKey, createComposeStore } from '#renderer/stores/compose.ts'

function memory(content?: string) {
  const map = new Map<string, string>(content === undefined ? [] : [[composeKey, content]])
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  }
}

test('the form survives a restart, the password does not', () => {
  const storage = memory()
  const store = createComposeStore(storage)
  store.getState().setPassword('tr0ub4dor')
  store.getState().change({ ...store.getState().draft, host: 'smtp.example', user: 'ann' })
  expect([...storage.map.values()].join()).not.toContain('tr0ub4dor')
  const again = createComposeStore(storage).getState()
  expect(again.draft).toMatchObject({ host: 'smtp.example', user: 'ann' })
  expect(again.password).toBe('')
})
test('a value that is not on the list is not saved', () => {
  const storage = memory()
  const store = createComposeStore(storage)
  store.getState().change(Object.assign({}, store.getState().draft, { password: 'tr0ub4dor' }))
  expect(storage.map.get(composeKey)).not.toContain('tr0ub4dor')
})
test.each(['', '{', '[]', '{"version":9,"draft":{"host":"x"}}'])(
  'an unreadable store begins anew: %j',
  (text) => {
    expect(createComposeStore(memory(text)).getState().draft.host).toBe('')
  },
)
test('a storage that refuses does not stop the form', () => {
  const store = createComposeStore({
    getItem: () => null,
    setItem: () => {
      throw new Error('full')
    },
  })
  store.getState().change({ ...store.getState().draft, host: 'x' })
  expect(store.getState().draft.host).toBe('x')
})
test('each attempt with problems is counted, so that focus moves again', () => {
  const store = createComposeStore(memory())
  store.getState().setProblems({ host: 'a' })
  store.getState().setProblems({ host: 'a' })
  expect(store.getState().attempts).toBe(2)
})
test('a changed field loses its problem, the others keep theirs', () => {
  const store = createComposeStore(memory())
  store.getState().setProblems({ host: 'a', to: 'b' })
  store.getState().forgetProblem('host')
  store.getState().forgetProblem('from')
  expect(store.getState().problems).toEqual({ to: 'b' })
})
