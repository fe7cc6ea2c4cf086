import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Banner } from '#renderer/ui/Banner.tsx'

test('an alert is said at once, a quiet one not by itself', () => {
  const { rerender } = render(<Banner tone="bad" live="alert" title="Lost.">It is tried again.</Banner>) // prettier-ignore
  expect(screen.getByRole('alert').textContent).toBe('Lost. It is tried again.')
  rerender(<Banner tone="info">Quiet</Banner>)
  expect(screen.queryByRole('alert')).toBeNull()
})
