import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'

test('sentence, reason, confidence, evidence and next step', () => {
  render(<VerdictCard tone="bad" title="The server hung up." confidence="likely" facts={<a href="#7">Event 7</a>} actions={<button type="button">Try 465</button>} live>It said 220 first.</VerdictCard>) // prettier-ignore
  expect(screen.getByRole('status').textContent).toContain('Refused')
  expect(screen.getByRole('heading', { name: 'The server hung up.' })).toBeTruthy()
  expect(screen.getByText('Likely')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Event 7' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try 465' })).toBeTruthy()
})
