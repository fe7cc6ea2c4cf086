import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Lines } from '#renderer/features/dialogue/replay/Lines.tsx'
import { preview, renderReplay } from '../../../../support/page/replay.tsx'

test('lines, the size of the content, how many more, and what is left out', () => {
  renderReplay(<Lines client={preview.client} />)
  const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(said[0]).toBe('EHLO me')
  expect(said[1]).toContain('message content')
  expect(said[2]).toBe('and 3 more')
  expect(screen.getByText('Left out: a line.')).toBeTruthy()
})
