import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Rules } from '#renderer/features/relay/Rules.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay } from '#test/support/relay/page.ts'

test('why one attempt, all rules, and the configuration as text', async () => {
  const { stores, container } = renderRoom(<Rules />, filledRelay())
  expect(screen.getByText('9 in force')).toBeTruthy()
  expect(screen.getByRole('heading', { name: /nobody had signed in/ })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('radio', { name: 'All rules' }))
  expect(screen.getByRole('listbox', { name: /^Rules/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Paste configuration' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'text' })
})
