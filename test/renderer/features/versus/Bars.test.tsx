import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Bars } from '#renderer/features/versus/Bars.tsx'
import { versusBars } from '#renderer/model/versus.ts'
import { versusEvents } from '#test/support/page/versus.ts'

test('each wait is said with its time and who could read it', () => {
  render(<Bars smtp={[]} http={versusBars(versusEvents('s'))} />)
  const list = screen.getByRole('list', { name: 'Waits of the first HTTP API connection' })
  const [, post] = within(list).getAllByRole('listitem')
  expect(post?.textContent).toContain('POST, 90 ms, readable by others')
  expect(screen.getByText('nothing')).toBeTruthy()
})
