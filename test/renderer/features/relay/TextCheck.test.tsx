import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TextCheck } from '#renderer/features/relay/TextCheck.tsx'
import { readInput, shopPolicy } from '#test/support/relay/page.ts'

const base = { checking: false, before: shopPolicy(), empty: false, onGo: () => {} }

test('mistakes, what was not understood, and what would change', () => {
  const rules = readInput({ text: 'relay-domain a.test\nfrobnicate yes\n<source 0/0>\n' })
  render(<TextCheck {...base} read={{ ok: true, rules }} problems={rules.problems} />)
  expect(screen.getByText('1 mistake')).toBeTruthy()
  expect(screen.getByText(/not understood: frobnicate yes \(line 2\)/)).toBeTruthy()
  expect(screen.getByText('relay domain a.test')).toBeTruthy()
})
test('before the answer, without a text, and when nobody can be asked', () => {
  const { rerender, container } = render(<TextCheck {...base} read={null} problems={[]} />)
  expect(screen.getByText('Being checked …')).toBeTruthy()
  rerender(<TextCheck {...base} read={null} problems={[]} empty />)
  expect(container.textContent).toContain('Paste PowerMTA’s notation')
  rerender(<TextCheck {...base} read={{ ok: false, problem: 'Not now.' }} problems={[]} />)
  expect(screen.getByText('Not now.')).toBeTruthy()
})
test('what nobody confirmed of PowerMTA is named with its line', () => {
  const rules = readInput({ text: 'relay-address /a/\nvirtual-mta-rule mail-from /a/ mta1' })
  const { container } = render(<TextCheck {...base} read={{ ok: true, rules }} problems={[]} />)
  expect(container.textContent).toContain('As described, not verified: relay-address (line 1).')
  expect(container.textContent).toContain('This program’s own, not PowerMTA’s: virtual-mta-rule (line 2).')
})
