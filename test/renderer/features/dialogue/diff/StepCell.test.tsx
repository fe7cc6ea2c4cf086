import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StepCell } from '#renderer/features/dialogue/diff/StepCell.tsx'
import { rowNamed } from './support.tsx'

const cell = (name: string, which: 'left' | 'right') => {
  const row = rowNamed(name)
  return render(<StepCell step={row[which]} which={which} differences={row.differences} startedAt={undefined} chosen={false} onOpen={undefined} />) // prettier-ignore
}
test('command and reply, with the parts marked that differ', () => {
  const { container } = cell('RCPT', 'right')
  expect(container.textContent).toBe('RCPT TO:<nobody@elsewhere.example>554 5.7.1 Relay access denied')
  expect(screen.getByText('554').className).toContain('marked')
})
test('a handshake is its card, a body its size, what is not there says so', () => {
  expect(cell('TLS', 'left').container.textContent).toContain('TLS 1.3 handshake')
  expect(cell('Body', 'left').container.textContent).toContain('message content, 4,312 octets')
  expect(cell('Body', 'right').container.textContent).toBe('not on the right')
})
