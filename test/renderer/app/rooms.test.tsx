import { expect, test } from 'vitest'
import { roomIds, rooms } from '#renderer/app/rooms.tsx'

test('only rooms that are built, each once, the first one home', () => {
  expect(roomIds[0]).toBe('dialogue')
  expect(new Set(roomIds).size).toBe(rooms.length)
})
