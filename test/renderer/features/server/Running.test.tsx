import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Running } from '#renderer/features/server/Running.tsx'
import type { ChoicesAnswer } from '#shared/rpc/contract/choices.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

function chosen(change: Partial<ChoicesAnswer> = {}) {
  const services = roomServices()
  services.stores.choices.getState().set({ choices: { serverStart: 'as-left', notify: false, notifiedBy: 'host', ...change } }) // prettier-ignore
  return renderRoom(<Running />, services)
}

test('what becomes of the server at the next start is chosen in sight', async () => {
  const { client, container } = chosen()
  expect(screen.getByText(/if it listened when the program ended/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('radio', { name: 'On' }))
  expect(client.asked('app.choose')).toEqual([{ serverStart: 'always' }])
})
test('notices are off until they are wanted, and a refusal is told', async () => {
  const { client, stores } = chosen()
  expect(screen.getByRole<HTMLInputElement>('switch').checked).toBe(false)
  await userEvent.click(screen.getByRole('switch', { name: /Tell me when mail arrives/ }))
  expect(client.asked('app.choose')).toEqual([{ notify: true }])
  stores.choices.getState().set({ problem: 'The browser does not allow it.' })
  expect((await screen.findByRole('status')).textContent).toContain('does not allow')
})
test('where nobody can tell, there is no switch; before it is known there is nothing', () => {
  chosen({ notifiedBy: null })
  expect(screen.queryByRole('switch')).toBeNull()
  const { container } = renderRoom(<Running />)
  expect(container.textContent).toBe('')
})
