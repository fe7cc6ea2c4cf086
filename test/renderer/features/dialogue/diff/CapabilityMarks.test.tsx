import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CapabilityMarks } from '#renderer/features/dialogue/diff/CapabilityMarks.tsx'
import { rowNamed } from './support.tsx'

test('what only this side offers, what it has not, and how many are alike', () => {
  const { left, right, differences } = rowNamed('EHLO')
  const one = render(<CapabilityMarks step={left!} which="left" differences={differences} />)
  expect(one.container.textContent).toContain('STARTTLS')
  expect(one.container.textContent).toContain('and 0 others alike')
  const other = render(<CapabilityMarks step={right!} which="right" differences={differences} />)
  expect(other.container.textContent).toContain('no STARTTLS')
  expect(other.container.textContent).toContain('SIZE 10240000')
})
test('nothing where nothing differs', () => {
  expect(render(<CapabilityMarks step={rowNamed('EHLO').left!} which="left" differences={[]} />).container.textContent).toBe('') // prettier-ignore
})
