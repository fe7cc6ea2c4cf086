import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Promised } from '#renderer/features/send/Promised.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const promise = { tone: 'sealed', words: 'TLS before the first word.' } as const

test('the promise, what is waived of it, and the way to the rest', async () => {
  const { stores, container } = renderRoom(<Promised promise={promise} />)
  expect(screen.getByText(promise.words)).toBeTruthy()
  expect(screen.queryByText(/waived/)).toBeNull()
  stores.compose.getState().change({ ...stores.compose.getState().draft, certificate: 'accept' })
  expect(await screen.findByText(/Certificate check waived/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'More of the connection' }))
  expect(stores.compose.getState().sheet).toBe('connection')
})
test('without TLS there is no certificate to waive', () => {
  const services = roomServices()
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, way: 'http', apiUrl: 'http://a.example', certificate: 'accept' })
  renderRoom(<Promised promise={promise} />, services)
  expect(screen.queryByText(/waived/)).toBeNull()
})
