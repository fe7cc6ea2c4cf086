import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FirstRun } from '#renderer/features/dialogue/FirstRun.tsx'
import { violations } from '../../../support/page/axe.ts'
import { renderWith } from '../../../support/page/render.tsx'

test('three doors, each does something real; what goes wrong is told there', async () => {
  const { container, stores } = renderWith(<FirstRun />, { ports: [] })
  expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual(['Test a server', 'Catch my app’s mail', 'Open a dialogue']) // prettier-ignore
  await userEvent.type(screen.getByRole('textbox', { name: 'Mail server' }), 'a b{Enter}')
  expect(await screen.findByText('“a b” is not a host name.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Start catching' }))
  expect((await screen.findByRole('alert')).textContent).toBe('No listener could be started.')
  act(() => stores.connection.getState().set({ ports: [2525] }))
  expect(screen.getByRole('button', { name: 'Catching on 2525. Open the Inbox' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
