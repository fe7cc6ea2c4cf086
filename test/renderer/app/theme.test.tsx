import { expect, test } from 'vitest'
import { followTheme } from '#renderer/app/theme.ts'
import { createSettingsStore } from '#renderer/stores/settings.ts'
import { memoryStorage } from '../../support/page/render.tsx'

test('the setting, or the system where it says so', () => {
  const settings = createSettingsStore(memoryStorage())
  const root = document.createElement('div')
  const stop = followTheme(settings, root)
  expect(root.dataset['theme']).toBe('light')
  settings.getState().change({ theme: 'dark' })
  expect(root.dataset['theme']).toBe('dark')
  stop()
  settings.getState().change({ theme: 'light' })
  expect(root.dataset['theme']).toBe('dark')
})
