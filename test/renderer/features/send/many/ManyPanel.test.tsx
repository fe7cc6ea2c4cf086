import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ManyPanel } from '#renderer/features/send/many/ManyPanel.tsx'
import { manyProgress, manyResult } from '#test/support/page/many.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const request = {
  target: { host: '127.0.0.1', port: 25, tls: 'none' as const },
  auth: { mechanism: 'none' as const },
}

function show(host: string) {
  const services = roomServices()
  services.client.on('many.start', () => ({ ok: true as const, id: 'r1' }))
  services.client.on('many.cancel', () => ({ ok: true }))
  services.client.on('many.result', () => manyResult())
  const closed: string[] = []
  const panel = (
    <ManyPanel
      open
      host={host}
      onClose={() => closed.push('closed')}
      prepare={async () => ({ ok: true, request })}
    />
  )
  return { ...renderRoom(panel, services), closed }
}

test('to this computer without a question', async () => {
  const { client } = show('127.0.0.1')
  expect(screen.getByRole('dialog', { name: 'Send many messages' })).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
  await userEvent.clear(screen.getByLabelText('Messages'))
  await userEvent.type(screen.getByLabelText('Messages'), '5,000')
  await userEvent.click(screen.getByRole('button', { name: 'Send 5,000 messages' }))
  expect(client.asked('many.start')[0]).toMatchObject({ messages: 5000 })
})

test('to another one only when its name was typed', async () => {
  const { client } = show('mx.example.com')
  await userEvent.clear(screen.getByLabelText('Messages'))
  await userEvent.type(screen.getByLabelText('Messages'), '101')
  await userEvent.click(screen.getByRole('button', { name: 'Send 101 messages' }))
  expect(client.asked('many.start')).toEqual([])
  await userEvent.type(screen.getByLabelText('Type mx.example.com to confirm'), 'mx.example.com')
  expect(await violations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send 101 messages' }))
  expect(client.asked('many.start')[0]).toMatchObject({ messages: 101, confirmedHost: 'mx.example.com' })
})

test('without a host nothing can be sent', () => {
  show(' ')
  expect(screen.getByText(/Name the server in the form first/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Send/ }).hasAttribute('disabled')).toBe(true)
})

test('while it runs it can be stopped, and closed without ending it', async () => {
  const { client, stores, closed } = show('127.0.0.1')
  stores.many.getState().set({ id: 'r1', host: '127.0.0.1', progress: manyProgress() })
  await userEvent.click(await screen.findByRole('button', { name: 'Stop' }))
  expect(client.asked('many.cancel')).toEqual([{ id: 'r1' }])
  await userEvent.click(screen.getByRole('button', { name: 'Close, go on sending' }))
  expect(closed).toEqual(['closed'])
})

test('when it is over the same can be sent again', async () => {
  const { stores } = show('127.0.0.1')
  stores.many.getState().set({ id: 'r1', host: '127.0.0.1', progress: manyResult(), result: manyResult() })
  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }))
  expect(await screen.findByRole('button', { name: 'Send 100 messages' })).toBeTruthy()
})
