import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TimeLine } from '#renderer/features/relay/TimeLine.tsx'
import { queueDetail } from '#test/support/relay/page.ts'

test('each dot says what happened then; earlier tries are counted', () => {
  const [one] = queueDetail().history
  render(<TimeLine detail={queueDetail({ tries: 30, history: Array.from({ length: 30 }, () => one!) })} />)
  expect(screen.getByText('26 earlier')).toBeTruthy()
  expect(screen.getAllByText(/^Tried .*450 4.2.0 Greylisted/)).toHaveLength(4)
  expect(screen.getByText(/^Goes back to its sender/)).toBeTruthy()
})
