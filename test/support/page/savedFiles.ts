/** Owns: names of the files that a page gives to the person, while a test file runs; nothing is written. */
import { afterEach, beforeEach, vi } from 'vitest'

export function savedFiles(): () => readonly string[] {
  let names: string[] = []
  beforeEach(() => {
    names = []
    URL.createObjectURL = () => 'blob:test'
    URL.revokeObjectURL = () => {}
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function saved(
      this: HTMLAnchorElement,
    ) {
      names.push(this.download)
    })
  })
  afterEach(() => vi.restoreAllMocks())
  return () => names
}
