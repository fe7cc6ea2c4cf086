import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Button } from '#renderer/ui/Button.tsx'
import { violations } from '../../support/page/axe.ts'

test('presses by mouse and key; its key hint is no part of its name', async () => {
  const press = vi.fn()
  const { container } = render(<Button onPress={press} tone="primary" icon="send" keyHint="Enter">Send</Button>) // prettier-ignore
  const button = screen.getByRole('button', { name: 'Send' })
  await userEvent.click(button)
  await userEvent.keyboard('{Enter}')
  expect(press).toHaveBeenCalledTimes(2)
  expect(await violations(container)).toEqual([])
})
test('off means off', async () => {
  const press = vi.fn()
  render(<Button isDisabled onPress={press}>Skip</Button>) // prettier-ignore
  await userEvent.click(screen.getByRole('button'))
  expect(press).not.toHaveBeenCalled()
})
