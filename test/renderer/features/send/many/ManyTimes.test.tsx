import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ManyTimes } from '#renderer/features/send/many/ManyTimes.tsx'
import { manyProgress } from '#test/support/page/many.ts'

const row = (name: string) => screen.getByRole('rowheader', { name }).closest('tr')!.textContent

test('a row for connections and one for messages; what is not known is a dash', () => {
  render(<ManyTimes connect={null} latency={manyProgress().latency} />)
  expect(row('MAIL to 250')).toBe('MAIL to 2506.2 ms15 ms61 ms240 ms1.3 s')
  expect(row('Ready for MAIL')).toBe('Ready for MAIL–––––')
})
