import { expect, test } from 'vitest'
import { RepeatWatch, shownTimes } from '#renderer/model/repeats.ts'

const after = (keys: string[]) => {
  const watch = new RepeatWatch()
  return keys.map((key) => watch.push(key)).at(-1)
}
test('a line that repeats folds after it was shown often enough', () => {
  expect(after(Array.from({ length: shownTimes }, () => 'a'))).toBe(0)
  expect(after(Array.from({ length: shownTimes + 1 }, () => 'a'))).toBe(1)
})
test('a pair that repeats folds as a pair, and something else ends it', () => {
  const pairs = Array.from({ length: shownTimes }, () => ['a', 'b']).flat()
  expect(after([...pairs, 'a'])).toBe(0)
  expect(after([...pairs, 'a', 'b'])).toBe(2)
  expect(after([...pairs, 'a', 'c'])).toBe(0)
})
test('reset forgets', () => {
  const watch = new RepeatWatch()
  for (let i = 0; i < 30; i++) watch.push('a')
  watch.reset()
  expect(watch.push('a')).toBe(0)
})
