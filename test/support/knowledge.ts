/** Owns: what every row of the knowledge tables has to be: words that are sentences, and a place where it is written. */
import { expect } from 'vitest'
import type { Entry } from '#shared/knowledge/types.ts'

const form = /^(RFC [1-9]\d{2,3}( §[\dA-Z]+(\.\d+)*)?|IANA registry|as documented by .+)$/

/** Calm sentences: they end with a full stop and do not shout. */
export function expectSentences(words: string): void {
  expect(words).toMatch(/^[\p{Lu}\d“].*[.]$/u)
  expect(words).not.toMatch(/!|oops|please|  /i)
}

export function expectRow({ words, reference }: Entry): void {
  expectSentences(words)
  expect(reference).toMatch(form)
}

export function expectUnique(keys: readonly (string | number)[]): void {
  expect(new Set(keys).size).toBe(keys.length)
}
