import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Key } from '#renderer/ui/Key.tsx'

test('is a kbd', () => {
  const { container } = render(<Key>F10</Key>)
  expect(container.querySelector('kbd')?.textContent).toBe('F10')
})
