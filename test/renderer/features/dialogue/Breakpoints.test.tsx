import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Breakpoints } from '#renderer/features/dialogue/Breakpoints.tsx'

test('chips take away, the menu adds', async () => {
  const change = vi.fn()
  render(<Breakpoints breakpoints={['MAIL', '5xx']} onChange={change} />)
  await userEvent.click(screen.getByRole('button', { name: 'Do not pause before MAIL' }))
  expect(change).toHaveBeenLastCalledWith(['5xx'])
  await userEvent.click(screen.getByRole('button', { name: 'Pause before another step' }))
  expect(screen.queryByRole('menuitem', { name: 'MAIL' })).toBeNull()
  await userEvent.click(screen.getByRole('menuitem', { name: 'DATA' }))
  expect(change).toHaveBeenLastCalledWith(['MAIL', '5xx', 'DATA'])
})

test('an exact code is typed; what is none is told', async () => {
  const change = vi.fn()
  render(<Breakpoints breakpoints={['MAIL']} end="server" onChange={change} />)
  await userEvent.click(screen.getByRole('button', { name: 'Pause before another step' }))
  expect(screen.getByRole('menuitem', { name: 'the greeting' })).toBeTruthy()
  await userEvent.click(screen.getByRole('menuitem', { name: 'A reply code …' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply code' }), '45{Enter}')
  expect(screen.getByText(/“45” is no reply code/)).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply code' }), '1{Enter}')
  expect(change).toHaveBeenLastCalledWith(['MAIL', '451'])
  expect(screen.queryByRole('dialog')).toBeNull()
})
