import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket as PlainSocket, WebSocketServer } from 'ws'
import { webSocketPort } from '#renderer/app/port.ts'
import type { Port } from '#shared/rpc/types.ts'
import { conformance, type OpenTransport } from '../../../../shared/rpc/conformance.ts'
import { until } from '../../../../shared/rpc/support.ts'
import { socketPort } from '../../../../../electron/hosts/common/web/socketPort.ts'

/** A real listener on loopback; `connect` is the page's own half over the standard WebSocket. */
const open: OpenTransport = async (accept) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 4 << 20 })
  await once(server, 'listening')
  server.on('connection', (socket) => accept(socketPort(socket)))
  return {
    connect: () => webSocketPort(new WebSocket(addressOf(server))),
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function addressOf(server: WebSocketServer): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  return `ws://127.0.0.1:${address.port}`
}

conformance('a WebSocket', open)

async function plain(): Promise<{
  socket: PlainSocket
  got: unknown[]
  port: Port
  stop: () => Promise<void>
}> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 1000 })
  await once(server, 'listening')
  const socket = new PlainSocket(addressOf(server))
  const [near]: PlainSocket[] = await once(server, 'connection')
  if (near === undefined) throw new Error('no connection')
  const port = socketPort(near)
  const got: unknown[] = []
  port.onMessage((message) => got.push(message))
  const stop = async (): Promise<void> => {
    socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
  return { socket, got, port, stop }
}

test('what is no JSON text arrives as nothing readable', async () => {
  const { socket, got, stop } = await plain()
  if (socket.readyState !== socket.OPEN) await once(socket, 'open')
  socket.send('{"a":')
  socket.send(Buffer.from('{"a":1}'))
  socket.send('{"a":1}')
  await until(() => got.length === 3)
  expect(got).toEqual([undefined, undefined, { a: 1 }])
  await stop()
})

test('an oversized frame closes the socket with 1009 and ends the port, without an exception', async () => {
  const { socket, got, port, stop } = await plain()
  if (socket.readyState !== socket.OPEN) await once(socket, 'open')
  let ended = false
  port.onClose(() => void (ended = true))
  socket.send('x'.repeat(1001))
  const [code]: unknown[] = await once(socket, 'close')
  await until(() => ended)
  port.post('into the void')
  expect([code, got]).toEqual([1009, []])
  await stop()
})
