import { expect, test } from 'vitest'
import { cx } from '#renderer/ui/cx.ts'

test('joins names, leaves out what is falsy', () => {
  expect(cx('a', false, undefined, null, '', 'b')).toBe('a b')
})
