import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { DropTarget, ImportProblems } from '#renderer/features/dialogue/DropTarget.tsx'
import { renderWith } from '../../../support/page/render.tsx'

const words = 'Drop a case file, a log or any saved dialogue to read it'

test('what could not be read is told file by file', async () => {
  renderWith(<DropTarget>room</DropTarget>)
  const room = screen.getByText('room')
  const dataTransfer = { types: ['Files'], files: [new File(['x'], 'case.json')] }
  fireEvent.dragOver(room, { dataTransfer })
  expect(screen.getByText(words)).toBeTruthy()
  fireEvent.drop(room, { dataTransfer })
  expect(await screen.findByText('case.json: Line 1 is not a case file.')).toBeTruthy()
  expect(screen.getByRole('dialog', { name: 'Nothing of it could be read' })).toBeTruthy()
  expect(screen.queryByText(words)).toBeNull()
})

test.each([
  [true, 'Nothing of it could be read'],
  [false, 'Some of it could not be read'],
])('the title says how much could not be read (nothing: %s)', (nothing, title) => {
  renderWith(<ImportProblems problems={['a.json: damaged']} nothing={nothing} onClose={() => undefined} />)
  expect(screen.getByRole('dialog', { name: title })).toBeTruthy()
})
