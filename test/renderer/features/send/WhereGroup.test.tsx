import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { WhereGroup } from '#renderer/features/send/WhereGroup.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name })

test('choosing a port sets the encryption that belongs to it, and says what will happen', async () => {
  renderRoom(<WhereGroup />)
  expect(radio('STARTTLS required').checked).toBe(true)
  await userEvent.click(radio('465'))
  expect(radio('From the start').checked).toBe(true)
  expect(screen.getByText(/TLS before the first word/)).toBeTruthy()
})
test('an encryption chosen by the person stays when the port changes', async () => {
  renderRoom(<WhereGroup />)
  await userEvent.click(radio('None'))
  await userEvent.click(radio('465'))
  expect(radio('None').checked).toBe(true)
  expect(screen.getByText(/Everything is readable/)).toBeTruthy()
})
test('another port is typed, and its problem stands at it', async () => {
  const { stores, container } = renderRoom(<WhereGroup />)
  await userEvent.click(radio('Other'))
  const field = screen.getByRole('textbox', { name: 'Other port' })
  await userEvent.type(field, '70000')
  expect(stores.compose.getState().draft.otherPort).toBe('70000')
  stores.compose.getState().setProblems({ port: 'Port “70000” is not a whole number.' })
  expect(await screen.findByText(/“70000”/)).toBeTruthy()
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(await violations(container)).toEqual([])
})
test('arrows move between ports', async () => {
  renderRoom(<WhereGroup />)
  radio('587').focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(radio('2525').checked).toBe(true)
})
test('a waived check is said in the form itself, and the way to the rest tells what is not usual', async () => {
  const { stores } = renderRoom(<WhereGroup />)
  const { draft, change } = stores.compose.getState()
  change({ ...draft, certificate: 'accept', family: '6' })
  expect(await screen.findByText(/Certificate check waived/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'More of the connection: IPv6' }))
  expect(stores.compose.getState().sheet).toBe('connection')
})
