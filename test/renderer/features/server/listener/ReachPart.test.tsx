import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ReachPart } from '#renderer/features/server/listener/ReachPart.tsx'
import { renderPart } from './support.tsx'

const part = (props: Parameters<typeof ReachPart>[0]) => <ReachPart {...props} />

test('the port instead is the usual one unless it is named', async () => {
  const { draft } = renderPart(part, {}, { mappedPort: 'M.' })
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Port instead' })
  expect(field.placeholder).toBe('2587')
  await userEvent.type(field, '5870')
  expect(draft().mappedPort).toBe('5870')
  expect(screen.getByText('M.')).toBeTruthy()
})
test('to be reached from outside is a choice, and said', async () => {
  const { draft } = renderPart(part, { port: '2525' })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port instead' }).placeholder).toBe('none')
  await userEvent.click(screen.getByRole('checkbox', { name: /Other machines/ }))
  expect(draft().allowOutside).toBe(true)
  expect(screen.getByText(/can leave mail here/)).toBeTruthy()
})
test('of a listener that relays it is not said that mail is never passed on', () => {
  renderPart(part, { relay: true, allowOutside: true })
  expect(screen.getByText(/can try to relay/)).toBeTruthy()
  expect(screen.queryByText(/never passed on/)).toBeNull()
})
