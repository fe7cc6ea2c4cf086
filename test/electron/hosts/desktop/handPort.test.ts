import { EventEmitter } from 'node:events'
import type { IpcMain } from 'electron'
import { expect, test } from 'vitest'
import { messagePort } from '#renderer/app/port.ts'
import { createRpcClient } from '#shared/rpc/client.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { servePorts } from '../../../../electron/hosts/desktop/handPort.ts'
import { info, makeWorld, until } from '../../../shared/rpc/support.ts'
import { fakeChannel } from './fakeElectron.ts'

function desk() {
  const ipc = new EventEmitter()
  const { handlers, signals } = makeWorld()
  servePorts(ipc as unknown as IpcMain, handlers as Handlers, () => {})
  const mainFrame = { url: 'app://relayscope/' }
  /** A page, or something else, sends a port. */
  const send = (frame: { url: string } | null = mainFrame, sender = { id: 1, mainFrame }) => {
    const { main, page } = fakeChannel()
    let closed = false
    page.on('close', () => (closed = true))
    ipc.emit('relayscope-port', { ports: [main], senderFrame: frame, sender })
    return { port: messagePort(page as unknown as MessagePort), closed: () => closed }
  }
  return { ipc, send, signals }
}

test('the page gets the engine', async () => {
  const { send } = desk()
  const client = createRpcClient(() => send().port)
  expect(await client.call('app.info', {})).toEqual(info)
  client.close()
})

test('a reloaded page cancels what the former one asked for', async () => {
  const { send, signals } = desk()
  const first = createRpcClient(() => send().port)
  const asked = first.call('dialogue.result', { session: 's' })
  await until(() => signals.length === 1)
  const second = createRpcClient(() => send().port)
  await expect(asked).rejects.toMatchObject({ code: 'disconnected' })
  expect(signals[0]!.aborted).toBe(true)
  expect(await second.call('app.info', {})).toEqual(info)
  second.close()
})

test('a frame inside the page, another page, and a message without a port get nothing', async () => {
  const { ipc, send } = desk()
  const foreign = { url: 'https://attacker.example/' }
  const tries = [send({ url: 'app://relayscope/' }), send(null), send(foreign, { id: 2, mainFrame: foreign })]
  await until(() => tries.every((one) => one.closed()))
  ipc.emit('relayscope-port', { ports: [], senderFrame: null, sender: { id: 3, mainFrame: null } })
})
