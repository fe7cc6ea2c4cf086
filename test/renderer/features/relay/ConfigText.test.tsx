import { render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { expect, test } from 'vitest'
import { ConfigText } from '#renderer/features/relay/ConfigText.tsx'

test('numbers of the lines in sight only; wrong lines are marked', () => {
  const text = Array.from({ length: 50_000 }, (_, place) => `relay-domain d${place}.test`).join('\n')
  const problems = [{ severity: 'error' as const, line: 3, message: 'x' }]
  const { container } = render(<ConfigText text={text} onChange={() => {}} problems={problems} areaRef={createRef()} />) // prettier-ignore
  const numbers = [...container.querySelectorAll('[aria-hidden] span')].map((one) => one.textContent)
  expect(numbers.slice(0, 3)).toEqual(['1', '2', '3'])
  expect(numbers.length).toBeLessThan(60)
  expect(container.querySelector('[class*=bad]')?.textContent).toBe('3')
  expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true')
})
