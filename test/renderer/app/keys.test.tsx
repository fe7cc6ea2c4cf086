import { expect, test } from 'vitest'
import { keyLines } from '#renderer/app/keys.ts'

test('every key says what it does', () => {
  expect(keyLines('Cmd')[0]).toEqual({ keys: ['Cmd', 'K'], does: 'Commands', where: 'Everywhere' })
  expect(new Set(keyLines('Ctrl').map(({ does }) => does)).size).toBe(keyLines('Ctrl').length)
})
