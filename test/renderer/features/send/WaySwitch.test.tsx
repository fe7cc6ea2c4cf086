import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { WaySwitch } from '#renderer/features/send/WaySwitch.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('the way changes by key, and what was wrong at fields that are gone is forgotten', async () => {
  const { stores } = renderRoom(<WaySwitch />)
  stores.compose.getState().setProblems({ host: 'There is no server.' })
  screen.getByRole('radio', { name: 'SMTP' }).focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(stores.compose.getState().draft.way).toBe('http')
  expect(stores.compose.getState().problems).toEqual({})
})
