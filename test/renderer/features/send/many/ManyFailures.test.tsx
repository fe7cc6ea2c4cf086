import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ManyFailures } from '#renderer/features/send/many/ManyFailures.tsx'
import { manyProgress } from '#test/support/page/many.ts'

test('each kind with its count and words; an example where one was recorded', async () => {
  const opened: string[] = []
  render(<ManyFailures failures={manyProgress().failures} onOpen={(session) => opened.push(session)} />)
  expect(screen.getAllByRole('listitem').map((item) => item.querySelector('b')?.textContent)).toEqual([
    '140',
    '12',
  ])
  await userEvent.click(screen.getByRole('button', { name: 'Open example of rate-limited' }))
  expect(opened).toEqual(['s-rate'])
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

test('none: nothing', () => {
  const { container } = render(<ManyFailures failures={[]} onOpen={() => {}} />)
  expect(container.textContent).toBe('')
})
