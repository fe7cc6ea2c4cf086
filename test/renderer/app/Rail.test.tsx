import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Rail } from '#renderer/app/Rail.tsx'
import { rooms } from '#renderer/app/rooms.tsx'
import { violations } from '../../support/page/axe.ts'
import { renderWith } from '../../support/page/render.tsx'

test('a link for each room; the current one is told', async () => {
  const { container } = renderWith(<Rail />)
  expect(screen.getAllByRole('link')).toHaveLength(rooms.length)
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Dialogue')
  expect(await violations(container)).toEqual([])
})
