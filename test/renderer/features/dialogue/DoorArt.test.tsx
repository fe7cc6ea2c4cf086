import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CatchArt, FileArt, TestArt } from '#renderer/features/dialogue/DoorArt.tsx'

test('pictures are silent; a port is only shown when it listens', () => {
  const { container } = render(<><TestArt /><FileArt /><CatchArt port={undefined} /></>) // prettier-ignore
  expect(
    [...container.querySelectorAll('svg')].every((svg) => svg.getAttribute('aria-hidden') === 'true'),
  ).toBe(true)
  expect(render(<CatchArt port={2525} />).container.textContent).toBe('localhost:2525')
})
