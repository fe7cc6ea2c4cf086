import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Result } from '#renderer/features/versus/Result.tsx'
import { firstVersusDraft } from '#renderer/model/versus.ts'
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

test('a result of other choices than those that stand beside it says so', () => {
  const services = roomServices()
  const result = versusResult()
  services.stores.versus.setState({ draft: { ...firstVersusDraft, ...result.plan } })
  renderRoom(<Result result={result} />, services)
  expect(screen.queryByText(/choices were changed/)).toBeNull()
  act(() => services.stores.versus.getState().change({ roundTrip: 300 }))
  expect(screen.getByText(/choices were changed/)).toBeTruthy()
})
