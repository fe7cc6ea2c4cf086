import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { Tap } from '#engine/dialogue/tap.ts'
import { listen, type TestServer } from '#test/support/dialogue/scriptedServer.ts'

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
async function tapped(script: (socket: Socket) => void): Promise<{ tap: Tap; server: TestServer }> {
  const server = await listen((socket, received) => {
    socket.on('data', (chunk) => received(chunk.toString('latin1')))
    script(socket)
  })
  open.push(server)
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  return { tap: new Tap(socket), server }
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

test('octets pass both ways; the first ones are remembered until told to forget', async () => {
  const { tap, server } = await tapped((socket) => socket.once('data', () => socket.end('220 plain\r\n')))
  tap.write('hello')
  let got = ''
  tap.on('data', (chunk: Buffer) => (got += chunk.toString()))
  await once(tap, 'end')
  expect([got, server.received(), text(tap.answer), tap.over]).toEqual([
    '220 plain\r\n',
    'hello',
    '220 plain\r\n',
    true,
  ])
  tap.forget()
  expect(tap.answer).toHaveLength(0)
})

test('no more than a kibibyte is remembered', async () => {
  const { tap } = await tapped((socket) => socket.end('x'.repeat(100_000)))
  tap.resume()
  await once(tap, 'end')
  expect(tap.answer).toHaveLength(1024)
})

test('a reset destroys it with its error', async () => {
  const { tap } = await tapped((socket) => socket.once('data', () => socket.resetAndDestroy()))
  tap.write('hello')
  const [error] = await once(tap, 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
  expect(tap.over).toBe(false)
})
