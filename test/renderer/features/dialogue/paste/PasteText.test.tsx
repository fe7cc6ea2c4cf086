import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { PasteText } from '#renderer/features/dialogue/paste/PasteText.tsx'
import { longestShown } from '#renderer/model/paste.ts'

const given = {
  onChange: vi.fn<(text: string) => void>(),
  onFiles: vi.fn<(files: readonly File[]) => void>(),
}
const clipboard = (text: string, files: File[] = []) => ({ clipboardData: { files, getData: () => text } })

test('a short text is in a field', () => {
  render(<PasteText text="220 hi" {...given} />)
  const field = screen.getByLabelText<HTMLTextAreaElement>('Text of the dialogue')
  expect(field.value).toBe('220 hi')
  expect(document.activeElement).toBe(field)
  fireEvent.paste(field, clipboard('more'))
  expect(given.onChange).not.toHaveBeenCalled()
})

test('a text too long for a field never reaches it: its beginning is shown, and it can be taken out', () => {
  const long = '220 hi\n'.repeat(longestShown / 7 + 1)
  const view = render(<PasteText text="" {...given} />)
  fireEvent.paste(screen.getByLabelText('Text of the dialogue'), clipboard(long))
  expect(given.onChange).toHaveBeenLastCalledWith(long)
  view.rerender(<PasteText text={long} {...given} />)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByLabelText('Beginning of the text').textContent.length).toBeLessThan(2001)
  fireEvent.click(screen.getByRole('button', { name: 'Take it out' }))
  expect(given.onChange).toHaveBeenLastCalledWith('')
})

test('a pasted file is read as a file', () => {
  const file = new File(['x'], 'log.txt')
  render(<PasteText text="" {...given} />)
  fireEvent.paste(screen.getByLabelText('Text of the dialogue'), clipboard('', [file]))
  expect(given.onFiles).toHaveBeenCalledWith([file])
})
