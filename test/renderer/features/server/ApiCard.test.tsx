import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ApiCard } from '#renderer/features/server/ApiCard.tsx'
import type { SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'
import { suiteApiStatus } from '#test/support/suiteApi/status.ts'

function open(status: SuiteApiStatus) {
  const services = roomServices()
  const asked: unknown[] = []
  services.client
    .on('suiteApi.status', () => status)
    .on('suiteApi.configure', ({ save, ...given }) => {
      asked.push(given)
      expect(save).toBe(true)
      return { status: suiteApiStatus(), problems: [], ...(given.on === true ? { token: 'rs_made' } : {}) }
    })
    .on('suiteApi.renewToken', () => ({ status: suiteApiStatus(), token: 'rs_new' }))
  return { asked, ...renderRoom(<ApiCard />, services) }
}

test('is switched on, tells its token once, and a line to try it by', async () => {
  const { asked, container } = open(suiteApiStatus({ on: false, actualPort: undefined, tokened: false }))
  await userEvent.click(await screen.findByRole('switch', { name: /Let test suites ask/ }))
  expect(asked).toEqual([{ on: true }])
  expect(await screen.findByText('rs_made')).toBeTruthy()
  expect(screen.getByText('http://127.0.0.1:8026')).toBeTruthy()
  expect(screen.getByText(/^curl -H .*\$RELAYSCOPE_TOKEN/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Put away' }))
  expect(screen.queryByText('rs_made')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Renew token' }))
  expect(await screen.findByText('rs_new')).toBeTruthy()
})

test('says where it cannot listen, and takes another port', async () => {
  const problem = 'Port 8026 on 127.0.0.1 is taken by another program.'
  const { asked } = open(suiteApiStatus({ actualPort: undefined, problem }))
  expect(await screen.findByText(problem)).toBeTruthy()
  expect(screen.getByText('cannot listen')).toBeTruthy()
  const port = screen.getByLabelText('Port')
  await userEvent.clear(port)
  await userEvent.type(port, '99999{Enter}')
  expect(screen.getByText(/“99999” is no port/)).toBeTruthy()
  await userEvent.clear(port)
  await userEvent.type(port, '9026{Enter}')
  expect(asked).toEqual([{ port: 9026 }])
})

test('says that there is no token any more', async () => {
  open(suiteApiStatus({ tokened: false, tokenKept: 'memory' }))
  expect(await screen.findByRole('button', { name: 'Make a token' })).toBeTruthy()
  expect(screen.getByText(/nobody can ask until/)).toBeTruthy()
})

test('tells what failed, and stays where it was', async () => {
  const { services } = open(suiteApiStatus())
  await screen.findByText('http://127.0.0.1:8026')
  services.client.on('suiteApi.configure', () => {
    throw new Error('The disk is full.')
  })
  await userEvent.click(screen.getByRole('switch', { name: /Let test suites ask/ }))
  expect(await screen.findByText('The disk is full.')).toBeTruthy()
  act(() => services.client.push('suiteApi.changes', [suiteApiStatus({ waiting: 3 })]))
  expect(screen.getByText('3 waits now, 0 requests so far')).toBeTruthy()
}) // prettier-ignore
