import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useFileDrop } from '#renderer/features/send/useFileDrop.ts'

const take = vi.fn()
function Place() {
  const { over, ...drop } = useFileDrop(take)
  return (
    <fieldset aria-label="place" {...drop}>
      {over ? 'over' : 'away'}
    </fieldset>
  )
}

test('files are taken, text is left alone', () => {
  render(<Place />)
  const place = screen.getByRole('group')
  fireEvent.dragOver(place, { dataTransfer: { types: ['text/plain'] } })
  expect(place.textContent).toBe('away')
  fireEvent.dragOver(place, { dataTransfer: { types: ['Files'] } })
  expect(place.textContent).toBe('over')
  fireEvent.dragLeave(place)
  fireEvent.drop(place, { dataTransfer: { files: [] } })
  expect(take).not.toHaveBeenCalled()
  fireEvent.drop(place, { dataTransfer: { files: [new File(['a'], 'a')] } })
  expect(take).toHaveBeenCalledOnce()
  expect(place.textContent).toBe('away')
})
