import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { HeadersTab } from '#renderer/features/inbox/HeadersTab.tsx'

test('fields in their order, repeated ones too', () => {
  const headers = [
    { name: 'Received', value: 'one' },
    { name: 'received', value: 'two' },
  ]
  render(<HeadersTab headers={headers} />)
  expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['Received', 'received'])
})
test('none is said', () => {
  render(<HeadersTab headers={[]} />)
  expect(screen.getByText(/no header field/)).toBeTruthy()
})
