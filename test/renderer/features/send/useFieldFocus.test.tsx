import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useFieldFocus } from '#renderer/features/send/useFieldFocus.ts'
import { renderRoom } from '#test/support/page/room.tsx'

function Fields() {
  const within = useFieldFocus()
  return (
    <div ref={within}>
      <div data-field="host">
        <input aria-label="host" />
      </div>
      <div data-field="to">
        <input type="radio" aria-label="radio" />
        <textarea aria-label="to" />
      </div>
      <div data-field="stop">
        <input type="radio" aria-label="QUIT" />
        <input type="radio" aria-label="Reset" defaultChecked />
      </div>
      <div data-field="attachments">
        <input type="file" style={{ display: 'none' }} />
        <button>Choose files</button>
      </div>
    </div>
  )
}

test('the first that is wrong, each time', async () => {
  const { stores } = renderRoom(<Fields />)
  for (let times = 0; times < 2; times++) {
    screen.getByLabelText('host').focus()
    stores.compose.getState().setProblems({ to: 'x' })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('to')))
  }
})
test('what is chosen comes first; the hidden input of a file button does not count', async () => {
  const { stores } = renderRoom(<Fields />)
  stores.compose.getState().setProblems({ stop: 'x' })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Reset')))
  stores.compose.getState().setProblems({ attachments: 'x' })
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Choose files'))
})
test('one that was asked for, once; one that is not here waits', async () => {
  const { stores } = renderRoom(<Fields />)
  stores.compose.getState().set({ editing: 'dkim' })
  stores.compose.getState().set({ editing: 'host' })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('host')))
  expect(stores.compose.getState().editing).toBeNull()
})
