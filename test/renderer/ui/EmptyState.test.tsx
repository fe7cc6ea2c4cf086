import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'

test('says what will appear and what makes it appear', () => {
  render(<EmptyState icon="inbox" title="No mail yet" actions={<button type="button">Copy settings</button>}>Point your app here.</EmptyState>) // prettier-ignore
  expect(screen.getByRole('heading', { name: 'No mail yet' })).toBeTruthy()
  expect(screen.getByText('Point your app here.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy settings' })).toBeTruthy()
})
