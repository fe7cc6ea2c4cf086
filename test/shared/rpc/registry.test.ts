import { expect, test } from 'vitest'
import { callEntries, handlersOf, streamEntries } from '#shared/rpc/registry.ts'

test('calls and streams are kept apart, and names of objects in general are unknown', () => {
  expect(callEntries.has('app.info')).toBe(true)
  expect(streamEntries.has('app.info')).toBe(false)
  expect(streamEntries.has('transcript.events')).toBe(true)
  for (const name of ['constructor', '__proto__', 'toString']) expect(callEntries.has(name)).toBe(false)
})

test('handlers are sorted by kind', () => {
  const { calls, streams } = handlersOf({
    'inbox.mark': () => ({}),
    'server.changes': () => ({
      read: () => ({ first: 1, events: [], lost: 0, ended: true }),
      watch: () => () => {},
    }),
  })
  expect([[...calls.keys()], [...streams.keys()]]).toEqual([['inbox.mark'], ['server.changes']])
})
