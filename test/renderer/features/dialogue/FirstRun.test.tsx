import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FirstRun } from '#renderer/features/dialogue/FirstRun.tsx'
import { violations } from '../../../support/page/axe.ts'
import { renderWith, settle } from '../../../support/page/render.tsx'

test('three doors, each does something real; what goes wrong is told there', async () => {
  const { container, stores } = renderWith(<FirstRun />, { ports: [] })
  expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual(['Test a server', 'Catch my app’s mail', 'Open a dialogue']) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Start catching' }))
  expect((await screen.findByRole('alert')).textContent).toBe('No listener could be started.')
  act(() => stores.connection.getState().set({ ports: [2525] }))
  expect(screen.getByRole('button', { name: 'Catching on 2525. Open the Inbox' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('the first door leads to the test of the host that was typed there', async () => {
  const { stores } = renderWith(<FirstRun />, { ports: [] })
  const field = screen.getByRole('textbox', { name: 'Mail server' })
  await userEvent.type(field, '{Enter}')
  expect(window.location.hash).not.toContain('compare')
  await userEvent.type(field, ' mx.test{Enter}')
  await settle()
  expect(stores.probe.getState().draft.host).toBe('mx.test')
  expect(window.location.hash).toBe('#/compare/p1')
})
