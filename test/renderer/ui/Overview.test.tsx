import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Overview, type OverviewBar } from '#renderer/ui/Overview.tsx'
import { violations } from '../../support/page/axe.ts'

const bars = Array.from({ length: 40 }, (_, n): OverviewBar => ({ seq: n * 10 + 1, height: 0.5, look: n < 5 ? 'open' : 'sealed', mark: n === 7 ? 'refused' : 'none' })) // prettier-ignore

test('a slider over the whole: keys go from part to part and by tens, the part is told in words', async () => {
  const select = vi.fn()
  const { container } = render(
    <Overview bars={bars} current={7} wordsAt={(n) => `part ${n}`} onSelect={select} />,
  )
  const slider = screen.getByRole('slider', { name: 'The whole dialogue' })
  expect(slider.getAttribute('aria-valuetext')).toBe('part 7')
  slider.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{PageUp}{Home}{End}')
  expect(select.mock.calls.flat()).toEqual([81, 61, 171, 1, 391])
  expect(await violations(container)).toEqual([])
})
test('a click jumps to the part under the pointer; pointing says what it is', () => {
  const select = vi.fn()
  render(<Overview bars={bars} current={-1} wordsAt={(n) => `part ${n}`} onSelect={select} />)
  const slider = screen.getByRole('slider')
  slider.getBoundingClientRect = () => ({ left: 0, width: 400 }) as DOMRect
  slider.setPointerCapture = () => {}
  fireEvent.pointerMove(slider, { clientX: 125 })
  expect(screen.getByText('part 12')).toBeTruthy()
  fireEvent.pointerDown(slider, { clientX: 255 })
  expect(select).toHaveBeenCalledWith(251)
})
