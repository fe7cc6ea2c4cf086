import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Button } from '#renderer/ui/Button.tsx'
import { Tooltip } from '#renderer/ui/Tooltip.tsx'

test('the explanation comes with the keyboard focus and goes with Escape', async () => {
  render(<Tooltip text="Send one line" keyHint="F10"><Button>Step</Button></Tooltip>) // prettier-ignore
  await userEvent.tab()
  expect(screen.getByRole('tooltip').textContent).toBe('Send one lineF10')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('tooltip')).toBeNull()
})
