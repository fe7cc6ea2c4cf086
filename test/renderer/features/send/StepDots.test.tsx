import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StepDots } from '#renderer/features/send/StepDots.tsx'
import { composeSteps } from '#renderer/model/composeSteps.ts'
import { violations } from '#test/support/page/axe.ts'
import { acceptedSend, connected, eventList } from '#test/support/page/sendEvents.ts'

test('each step says its state in words and its time', async () => {
  const { container } = render(<StepDots steps={composeSteps(eventList(acceptedSend()))} />)
  const items = screen.getAllByRole('listitem').map((item) => item.textContent)
  expect(items[0]).toBe('Connectdone50 ms')
  expect(items).toHaveLength(7)
  expect(await violations(container)).toEqual([])
})
test('the current step is marked', () => {
  render(<StepDots steps={composeSteps(eventList([[1, connected()]]))} />)
  const current = screen
    .getAllByRole('listitem')
    .filter((item) => item.getAttribute('aria-current') === 'step')
  expect(current.map((item) => item.textContent)).toEqual(['Greetunder way0 ms'])
})
