import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { PasteDialog, type PasteDialogProps } from '#renderer/features/dialogue/paste/PasteDialog.tsx'
import { makeServices, renderWith } from '../../../../support/page/render.tsx'

function open(text: string) {
  const made = makeServices({})
  const told: Parameters<PasteDialogProps['onRead']>[0][] = []
  const files: File[][] = []
  made.stores.view.getState().set({ pasting: text })
  renderWith(<PasteDialog onRead={(answer) => told.push(answer)} onFiles={(given) => files.push([...given])} />, {}, made) // prettier-ignore
  return { ...made, told, files }
}

test('says what the text is taken for while it is typed', () => {
  open('')
  expect(screen.getByText('What it is shows here as soon as there is a line.')).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Open it/ })).toHaveProperty('disabled', true)
  fireEvent.change(screen.getByLabelText('Text of the dialogue'), { target: { value: '220 hi\nQUIT' } })
  expect(screen.getByText('Reads as a typed dialogue, as of telnet, 2 lines.')).toBeTruthy()
})

test('what cannot be read is told in words, and the text stays', async () => {
  const { told } = open('lorem ipsum')
  fireEvent.click(screen.getByRole('button', { name: /^Open it/ }))
  expect((await screen.findByRole('alert')).textContent).toBe('Line 1 is not a case file.')
  expect(told).toEqual([])
  fireEvent.change(screen.getByLabelText('Text of the dialogue'), { target: { value: '220 hi' } })
  expect(screen.queryByRole('alert')).toBeNull()
})

test('opens with Ctrl Enter, once, and closes', async () => {
  const { told, services, stores } = open('220 hi')
  const call = vi.spyOn(services.client, 'call').mockResolvedValue({ sessions: ['a', 'b'], problems: ['Line 3: x'], form: 'telnet' }) // prettier-ignore
  const field = screen.getByLabelText('Text of the dialogue')
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(told).toEqual([{ sessions: ['a', 'b'], problems: ['Line 3: x'] }]))
  expect(call.mock.calls.filter(([name]) => name === 'transcript.import')).toEqual([['transcript.import', { text: '220 hi' }]]) // prettier-ignore
  expect(stores.view.getState().pasting).toBeNull()
})

test('a long text shows how far it is read, and Cancel calls it off', async () => {
  const { told, engine, services, stores } = open(`220 hi\n${'x'.repeat(300_000)}`)
  const held = Promise.withResolvers<Awaited<(typeof engine.reading)[number]>>()
  engine.reading = [held.promise]
  const call = vi.spyOn(services.client, 'call')
  fireEvent.click(screen.getByRole('button', { name: /^Open it/ }))
  expect((await screen.findByLabelText('Reading the pasted text')).tagName).toBe('PROGRESS')
  fireEvent.click(screen.getByText('Cancel'))
  held.resolve({ events: 5, share: 0.5, done: false })
  await waitFor(() =>
    expect(call.mock.calls.at(-1)).toEqual(['transcript.endImport', { import: 1, cancel: true }]),
  )
  expect([told, stores.view.getState().pasting]).toEqual([[], null])
})

test('takes a file instead', () => {
  const { files, stores } = open('')
  const file = new File(['220 hi'], 'log.txt')
  fireEvent.change(screen.getByLabelText('Files to read'), { target: { files: [file] } })
  expect([files, stores.view.getState().pasting]).toEqual([[[file]], null])
})

test('is not there while nothing is pasted', () => {
  const made = makeServices({})
  renderWith(<PasteDialog onRead={vi.fn()} onFiles={vi.fn()} />, {}, made)
  expect(screen.queryByRole('dialog')).toBeNull()
})
