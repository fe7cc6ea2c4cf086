/** Owns: the theme on the root element, from the person's setting or the system's. */
import type { StoreApi } from 'zustand'
import type { SettingsStore } from '../stores/settings.ts'

/** Sets `data-theme` and keeps it right. Answers with the way to stop. */
export function followTheme(settings: StoreApi<SettingsStore>, root: HTMLElement): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme } = settings.getState()
    root.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  }
  apply()
  dark.addEventListener('change', apply)
  const stop = settings.subscribe(apply)
  return () => {
    dark.removeEventListener('change', apply)
    stop()
  }
}
