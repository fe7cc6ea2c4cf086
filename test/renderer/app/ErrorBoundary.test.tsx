import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { ErrorBoundary } from '#renderer/app/ErrorBoundary.tsx'

function Broken(): never {
  throw new Error('no rows')
}
test('a fault of ours is named as ours', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  render(<ErrorBoundary room="Dialogue"><Broken /></ErrorBoundary>) // prettier-ignore
  expect(screen.getByRole('heading').textContent).toContain('a fault of Relayscope')
  expect(screen.getByText(/no rows/)).toBeTruthy()
  vi.restoreAllMocks()
})
