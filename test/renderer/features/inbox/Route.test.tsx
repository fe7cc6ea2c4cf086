import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Route } from '#renderer/features/inbox/Route.tsx'

test('hops from the first to the last, and a clock that is wrong', () => {
  const headers = [
    { name: 'Received', value: 'from relay.test by mx.test with ESMTP; Wed, 4 Mar 2026 10:41:00 +0000' },
    { name: 'Received', value: 'from app.test by relay.test with SMTP; Wed, 4 Mar 2026 10:42:00 +0000' },
  ]
  render(<Route headers={headers} />)
  const hops = screen.getAllByRole('listitem').map((hop) => hop.textContent)
  expect(hops[0]).toMatch(/^app\.testto relay\.testSMTP/)
  expect(hops[1]).toContain('1 min before the hop before: a clock is wrong')
})
test('a message that came straight here says so', () => {
  render(<Route headers={[]} />)
  expect(screen.getByText(/No Received field/)).toBeTruthy()
})
