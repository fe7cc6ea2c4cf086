import { afterEach, expect, test, vi } from 'vitest'
import { commandKey } from '#renderer/app/platform.ts'

afterEach(() => vi.restoreAllMocks())
test('Cmd on a Mac, Ctrl elsewhere', () => {
  expect(commandKey()).toBe('Ctrl')
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')
  expect(commandKey()).toBe('Cmd')
})
