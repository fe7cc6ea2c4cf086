import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { endWith, HttpListener, listenerLimits, parserProblem } from '#engine/httpApi/httpListener.ts'
import { sayRaw } from '#test/support/httpApi/api.ts'

async function open(): Promise<HttpListener> {
  const listener = new HttpListener(null)
  listener.server.on('request', (_request, response) => response.end('here'))
  await listener.listen(0)
  onTestFinished(() => listener.close())
  return listener
}

it('listens on loopback, on a port that the system chose, within its limits', async () => {
  const { server, port } = await open()
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port })
  expect([server.maxConnections, server.maxHeadersCount]).toEqual([
    listenerLimits.maxConnections,
    listenerLimits.maxHeadersCount,
  ])
  expect(await sayRaw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 200/,
  )
})

it('rejects with the system’s error where the port is taken', async () => {
  const { port } = await open()
  await expect(new HttpListener(null).listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

it('closes although a client holds a connection', async () => {
  const listener = await open()
  const socket = connect(listener.port, '127.0.0.1')
  await new Promise((done) => socket.once('connect', done))
  const gone = new Promise((done) => socket.once('close', done))
  socket.on('error', () => {})
  await listener.close()
  await gone
  expect(listener.port).toBe(0)
})

it('says its last words and hangs up', async () => {
  const listener = new HttpListener(null)
  listener.server.on('connection', (socket) => endWith(socket, 'HTTP/1.1 400 No\r\n\r\n'))
  listener.server.on('clientError', () => {})
  await listener.listen(0)
  onTestFinished(() => listener.close())
  expect(await sayRaw(listener.port, '')).toBe('HTTP/1.1 400 No\r\n\r\n')
})

it.each([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
  ['HPE_INVALID_METHOD', 400],
  [undefined, 400],
])('tells %s as %i', (code, status) => {
  expect(parserProblem(code)).toMatchObject({ status, message: expect.stringMatching(/\.$/) })
})
