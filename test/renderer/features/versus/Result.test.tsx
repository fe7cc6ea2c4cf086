import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Result } from '#renderer/features/versus/Result.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'
import { versusEvents, versusResult } from '#test/support/page/versus.ts'

test('the sentence, both dialogues, the figures and the claims', async () => {
  const services = roomServices()
  services.stores.versus.setState({ events: { smtp: [], http: versusEvents('s2') } })
  const { container } = renderRoom(<Result result={versusResult()} />, services)
  expect(screen.getByRole('heading', { name: 'SMTP waited for 12.' })).toBeTruthy()
  expect(screen.getByRole('list', { name: 'HTTP API dialogue' }).textContent).toContain('POST')
  expect(screen.getByText('Nothing was said.')).toBeTruthy()
  expect(screen.getByRole('row', { name: /^Round trips 12 3/ })).toBeTruthy()
  expect(screen.getByText(/about nine round trips/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
