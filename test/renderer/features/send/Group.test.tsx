import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Group } from '#renderer/features/send/Group.tsx'

test('a part of the form is a named region', () => {
  render(<Group name="Where">fields</Group>)
  expect(screen.getByRole('region', { name: 'Where' }).textContent).toContain('fields')
})
