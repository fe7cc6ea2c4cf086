import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Tokens } from '#renderer/features/server/Tokens.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const there = [{ user: 'ann' }, { user: 'bob', expiresAt: '2020-01-01T00:00:00.000Z' }]

test('none is said: with nobody known any token is right, else none', () => {
  const { unmount } = renderRoom(<Tokens tokens={[]} users={[]} />)
  expect(screen.getByText(/any token is accepted/)).toBeTruthy()
  unmount()
  renderRoom(<Tokens tokens={[]} users={['ann']} />)
  expect(screen.getByText(/nobody signs in with XOAUTH2/)).toBeTruthy()
})
test('a token is added, those there are keep theirs, and it is not shown again', async () => {
  const { client, container } = renderRoom(<Tokens tokens={there} users={[]} />)
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Add token' }))
  expect(screen.getByText(/The token is empty/)).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'User of the token' }), 'cid')
  await userEvent.type(screen.getByLabelText('Token'), 'secret-token{Enter}')
  expect(client.asked('server.configure')[0]?.tokens).toEqual([
    { user: 'ann', keeps: 0 },
    { user: 'bob', keeps: 1, expiresAt: '2020-01-01T00:00:00.000Z' },
    { user: 'cid', token: 'secret-token' },
  ])
  expect(screen.getByLabelText<HTMLInputElement>('Token').value).toBe('')
})
test('an expired one is told, and one is taken away by its place', async () => {
  const { client } = renderRoom(<Tokens tokens={there} users={[]} />)
  expect(screen.getByText(/expired, and refused as such/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Remove token 1, of ann' }))
  expect(client.asked('server.configure')[0]?.tokens).toEqual([{ user: 'bob', keeps: 1, expiresAt: '2020-01-01T00:00:00.000Z' }]) // prettier-ignore
})

test('one that is gone says so in place of its end', () => {
  renderRoom(<Tokens tokens={[{ user: 'ann', lost: true }]} users={[]} />)
  expect(screen.getByText(/gone since the program ended/)).toBeTruthy()
  expect(screen.queryByText(/always right/)).toBeNull()
})
