import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { FileButton } from '#renderer/features/send/FileButton.tsx'

test('gives the files that were chosen', async () => {
  const onFiles = vi.fn()
  const { container } = render(
    <FileButton multiple onFiles={onFiles}>
      Choose files
    </FileButton>,
  )
  expect(screen.getByRole('button', { name: 'Choose files' })).toBeTruthy()
  await userEvent.upload(container.querySelector('input')!, [new File(['a'], 'a'), new File(['b'], 'b')])
  expect(onFiles.mock.calls[0]?.[0]).toHaveLength(2)
})
