import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { inField, isAsked, isChoosing } from '#renderer/ui/keyTargets.ts'

test('a letter in a field is text', () => {
  expect(inField(document.createElement('input'))).toBe(true)
  expect(inField(document.createElement('div'))).toBe(false)
  expect(inField(null)).toBe(false)
})
test('an open dialog asks, a closed one does not', () => {
  const { rerender } = render(<Dialog open title="Sure?" onClose={() => {}}>It goes.</Dialog>) // prettier-ignore
  expect(isAsked()).toBe(true)
  rerender(<Dialog open={false} title="Sure?" onClose={() => {}}>It goes.</Dialog>) // prettier-ignore
  expect(isAsked()).toBe(false)
})
test('an open menu is chosen from', () => {
  expect(isChoosing()).toBe(false)
  const { unmount } = render(<div role="menu" />)
  expect(isChoosing()).toBe(true)
  unmount()
  expect(isChoosing()).toBe(false)
})
