import { connect, createServer, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { PassThrough } from '#engine/versus/passThrough.ts'
import { portOf } from '#test/support/server/place.ts'

async function lineTo(serve: (socket: Socket) => void, roundTrip: number) {
  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const line = new PassThrough(portOf(server), roundTrip)
  const port = await line.listen()
  onTestFinished(async () => {
    await line.close()
    server.close()
  })
  return { line, port }
}

const all = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('close', () => resolve(text))
  })

it.each([0, 20])('carries octets in order over %d ms, and counts how often the line turns', async (roundTrip) => {
  const { line, port } = await lineTo((socket) => {
    socket.write('hello ')
    socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()))
    socket.on('end', () => socket.end())
  }, roundTrip)
  const began = performance.now()
  const client = connect(port, '127.0.0.1')
  client.once('data', () => {
    for (let i = 0; i < 50; i++) client.write(`line ${i};`)
    client.end()
  })
  const said = await all(client)
  const expected = Array.from({ length: 50 }, (_, i) => `LINE ${i};`).join('')
  expect(said).toBe(`hello ${expected}`)
  expect(line.count).toMatchObject({ connections: 1, octetsOut: expected.length, octetsIn: said.length })
  expect(line.count.turns).toBeGreaterThanOrEqual(3)
  // Connecting, the greeting, the answer: never faster than the line.
  expect(performance.now() - began).toBeGreaterThanOrEqual(roundTrip * 3 - 5)
}) // prettier-ignore

it('takes more than may be under way at once, and gives all of it', async () => {
  const size = 5 << 20
  const { port } = await lineTo((socket) => {
    let got = 0
    socket.on('data', (chunk) => (got += chunk.length))
    socket.on('end', () => socket.end(String(got)))
  }, 2)
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  client.end(Buffer.alloc(size))
  expect(await all(client)).toBe(String(size))
})

it('closes with whatever is under way', async () => {
  const { line, port } = await lineTo(() => {}, 500)
  const client = connect(port, '127.0.0.1')
  client.on('error', () => {})
  await new Promise((resolve) => client.once('connect', resolve))
  const gone = all(client)
  await line.close()
  expect(await gone).toBe('')
})
