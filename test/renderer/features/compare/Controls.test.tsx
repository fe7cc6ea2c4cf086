import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Controls } from '#renderer/features/compare/Controls.tsx'
import { compareServices } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('a host of the list is off until it is switched on, and can be removed', async () => {
  const { stores } = renderRoom(<Controls />, compareServices())
  const { probe } = stores
  await userEvent.type(
    screen.getByRole('textbox', { name: 'Control host with its port' }),
    'c.test:25{Enter}',
  )
  expect(probe.getState()).toMatchObject({ controlsOn: [], draft: { controls: ['c.test:25'] } })
  await userEvent.click(screen.getByRole('switch', { name: 'c.test:25' }))
  expect(probe.getState().controlsOn).toEqual(['c.test:25'])
  await userEvent.click(screen.getByRole('button', { name: 'Remove c.test:25 from the list' }))
  expect(probe.getState()).toMatchObject({ controlsOn: [], draft: { controls: [] } })
})
