import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useFirst } from '#renderer/ui/useFirst.tsx'

function List({ count }: { count: number }) {
  const { drawn, more } = useFirst(Array.from({ length: count }, (_, i) => i), 10, 'parts') // prettier-ignore
  return (
    <>
      <ul>
        {drawn.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {more}
    </>
  )
}
const rows = () => screen.getAllByRole('listitem').length

test('the first ones are drawn, and the next when they are asked for, until all are', async () => {
  render(<List count={25} />)
  expect(rows()).toBe(10)
  await userEvent.click(screen.getByRole('button', { name: 'Show 10 more of 25 parts' }))
  expect(rows()).toBe(20)
  await userEvent.click(screen.getByRole('button', { name: 'Show 5 more of 25 parts' }))
  expect(rows()).toBe(25)
  expect(screen.queryByRole('button')).toBeNull()
})

test('a short list is drawn whole', () => {
  render(<List count={10} />)
  expect(rows()).toBe(10)
  expect(screen.queryByRole('button')).toBeNull()
})
