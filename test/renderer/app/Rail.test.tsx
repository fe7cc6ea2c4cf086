import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Rail } from '#renderer/app/Rail.tsx'
import { rooms } from '#renderer/app/rooms.tsx'
import { violations } from '../../support/page/axe.ts'
import { renderWith } from '../../support/page/render.tsx'

test('a link for each room; the current one is told', async () => {
  const { container } = renderWith(<Rail />)
  expect(screen.getAllByRole('link')).toHaveLength(rooms.filter(({ hidden }) => !hidden).length)
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Dialogue')
  expect(await violations(container)).toEqual([])
})
test('what is unread is counted at the Inbox, to the eye and in words; refused sessions are among it', async () => {
  const { stores, container } = renderWith(<Rail />)
  act(() => stores.inbox.getState().put([], { next: undefined, total: 200, unread: 3 }))
  expect(screen.getByRole('link', { name: /^Inbox ?, 3 unread$/ })).toBeTruthy()
  act(() => stores.inbox.getState().put([], { next: undefined, total: 200, unread: 120 }))
  expect(screen.getByText('99+')).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
