import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Notes } from '#renderer/features/relay/Notes.tsx'
import { rulesFor, shopPolicy } from '#test/support/relay/page.ts'

test('missing passwords and warnings, the first of many', () => {
  const problems = Array.from({ length: 5 }, (_, place) => ({ severity: 'warning' as const, line: place + 1, message: `w${place}` })) // prettier-ignore
  const { container, rerender } = render(<Notes rules={{ ...rulesFor(shopPolicy()), problems, missing: ['user shop'] }} />) // prettier-ignore
  expect(container.textContent).toContain('A password is missing: user shop')
  expect(container.textContent).toContain(
    'Where there is no keychain, passwords last until the program ends.',
  )
  expect(container.textContent).toContain('Line 1: w0')
  expect(container.textContent).toContain('2 more are told')
  rerender(<Notes rules={rulesFor(shopPolicy())} />)
  expect(container.textContent).toBe('')
})
