import { expect, test } from 'vitest'
import { atLeast, clip, differ, heaviest } from '#shared/transcript/diff/difference.ts'

test('what is alike is no difference; what is not is kept short', () => {
  expect(differ('tls', 'note', 'cipher', 'a', 'a')).toEqual([])
  expect(differ('tls', 'note', 'cipher', 'a', undefined)).toEqual([{ aspect: 'tls', weight: 'note', what: 'cipher', left: 'a', right: '' }]) // prettier-ignore
  expect(clip('x'.repeat(10_000))).toHaveLength(301)
})
test('the heaviest weighs', () => {
  const [note, fate] = [differ('tls', 'note', 'a', 'b', 'c'), differ('reply', 'fate', 'a', 'b', 'c')]
  expect(heaviest([...note, ...fate, ...note])).toBe('fate')
  expect(heaviest([])).toBeUndefined()
  expect(atLeast('matters', 'note')).toBe(true)
  expect(atLeast('expected', 'note')).toBe(false)
  expect(atLeast(undefined, 'expected')).toBe(false)
})
