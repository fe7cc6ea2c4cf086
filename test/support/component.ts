/** Owns: what jsdom lacks for component tests, and cleaning up between them: the files of a worker share one jsdom. */
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, vi } from 'vitest'

// react-aria remembers by what the page was last used; after a screen reader it moves the focus a turn later. Every test
// begins as after a key.
beforeEach(() => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F13' })))
afterEach(cleanup)
/** What a file may have left goes with it, as if the next one had a page of its own. */
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  for (const element of [document.documentElement, document.body])
    for (const name of element.getAttributeNames()) element.removeAttribute(name)
  document.head.replaceChildren()
  document.body.replaceChildren()
  document.title = ''
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
// What is waited for comes in its own time; on a busy machine that may be more than the usual second.
configure({ asyncUtilTimeout: 10_000 })

class NoopObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoopObserver as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= NoopObserver as unknown as typeof IntersectionObserver
Element.prototype.scrollIntoView ??= () => {}
window.matchMedia ??= (query) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList
/** Enough of CSS.escape for ids: whatever is not a letter, digit, `-` or `_` is escaped. */
globalThis.CSS ??= {
  escape: (text: string) => text.replace(/[^\w-]/g, (character) => `\\${character}`),
} as unknown as typeof CSS
