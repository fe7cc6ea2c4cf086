/** Owns: whether a media query holds now. Page zoom changes the window's width in pixels, so zoom is covered too. */
import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** Under 1200 the pane at the right becomes a sheet; under 960 the list at the left does too. */
export const narrowQueries = { sheetRight: '(width < 1200px)', sheetLeft: '(width < 960px)' } as const
