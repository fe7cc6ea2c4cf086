import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Sentence } from '#renderer/features/dialogue/Sentence.tsx'

const heights = (scroll: number, client: number) => {
  vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(scroll)
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(client)
}
afterEach(() => {
  vi.restoreAllMocks()
})

test('what fits has no button', () => {
  heights(36, 36)
  render(<Sentence text="Sealed after STARTTLS. Refused at RCPT, 550." />)
  expect(screen.queryByRole('button')).toBeNull()
})
test('what was cut is shown by a button, and cut again', async () => {
  heights(90, 36)
  render(<Sentence text="A long verdict." />)
  const more = screen.getByRole('button', { name: 'Show all of it', expanded: false })
  expect(document.getElementById(more.getAttribute('aria-controls')!)?.textContent).toBe('A long verdict.')
  await userEvent.click(more)
  await userEvent.click(screen.getByRole('button', { name: 'Show less', expanded: true }))
  expect(screen.getByRole('button', { name: 'Show all of it' })).toBeTruthy()
})
