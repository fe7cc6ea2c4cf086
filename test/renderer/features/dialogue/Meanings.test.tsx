import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Meanings } from '#renderer/features/dialogue/Meanings.tsx'

test('a part and its words, the same part twice too', () => {
  render(<Meanings meanings={[{ part: 'X', words: 'One.' }, { part: 'X', words: 'Two.' }]} />) // prettier-ignore
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['X', 'X'])
  expect(screen.getByText('Two.')).toBeTruthy()
})
