import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { exchange, type ScanTarget } from '#engine/tlsScan/exchange.ts'
import { answerHello, type TlsScript } from '#test/support/tls/scriptedTls.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

async function listen(serve: (socket: Socket) => void): Promise<ScanTarget> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: '127.0.0.1', port, mode: 'implicit', ehloName: '[127.0.0.1]', timeout: 5000 }
}

const script: TlsScript = { suites: { 'TLSv1.2': [0xc02f] } }
const ask = { version: 'TLSv1.2', suites: [0xc02f, 0x009c], groups: [29], serverName: 'mx.example' } as const
const answering = (socket: Socket) =>
  socket.once('data', (bytes: Buffer) => socket.write(answerHello(script, new Uint8Array(bytes))))

test('one hello, its answer, and a word of farewell', async () => {
  let after = Buffer.alloc(0)
  const gone = Promise.withResolvers<void>()
  const target = await listen((socket) => {
    answering(socket)
    socket.once('data', () => socket.on('data', (bytes: Buffer) => (after = Buffer.concat([after, bytes]))))
    socket.on('close', () => gone.resolve())
  })
  expect(await exchange(target, ask)).toMatchObject({
    kind: 'answered',
    answer: { kind: 'hello', hello: { suite: 0xc02f, group: 29 } },
  })
  await gone.promise
  expect([...after]).toEqual([21, 3, 1, 0, 2, 2, 90])
})

test('over STARTTLS the lines before are said; what comes in clear behind the 220 is no answer to the hello', async () => {
  const heard: string[] = []
  const target = await listen((socket) => {
    socket.write('220 mx.example ESMTP\r\n')
    socket.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1')
      if (bytes[0] !== 22) heard.push(text)
      if (text.startsWith('EHLO')) socket.write('250-mx.example\r\n250 STARTTLS\r\n')
      else if (text.startsWith('STARTTLS')) socket.write('220 go\r\n250 injected\r\n')
      else if (bytes[0] === 22) socket.write(answerHello(script, new Uint8Array(bytes)))
    })
  })
  const result = await exchange({ ...target, mode: 'starttls' }, ask)
  expect(heard).toEqual(['EHLO [127.0.0.1]\r\n', 'STARTTLS\r\n'])
  expect(result).toMatchObject({ kind: 'answered', answer: { kind: 'hello', hello: { suite: 0xc02f } } })
})

test('a hello that is not answered in TLS is an answer all the same, each kind told apart', async () => {
  const answers = [
    ['closed', await listen((socket) => socket.once('data', () => socket.end()))],
    ['reset', await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))],
    ['silent', { ...(await listen(() => {})), timeout: 200 }],
    ['other', await listen((socket) => socket.write('220 plain\r\n'))],
  ] as const
  for (const [kind, target] of answers)
    expect(await exchange(target, ask)).toMatchObject({ kind: 'answered', answer: { kind } })
})

test('a refusal in clear where TLS was expected is no answer to the hello', async () => {
  const target = await listen((socket) => socket.end('421 Too many concurrent SMTP connections\r\n'))
  expect(await exchange(target, ask)).toEqual({
    kind: 'not-reached',
    step: 'banner',
    why: 'rejected',
    reply: '421 Too many concurrent SMTP connections',
  })
})

test('a hello that was never reached is none', async () => {
  const target = await listen((socket) => socket.end('421 4.7.0 too many connections\r\n'))
  expect(await exchange({ ...target, mode: 'starttls' }, ask)).toEqual({
    kind: 'not-reached',
    step: 'banner',
    why: 'rejected',
    reply: '421 4.7.0 too many connections',
  })
  const silent = await listen(() => {})
  expect(await exchange({ ...silent, mode: 'starttls', timeout: 200 }, ask)).toMatchObject({
    step: 'banner',
    why: 'timeout',
  })
  servers.at(-1)?.close()
  const free = await listen(() => {})
  await new Promise<void>((resolve) => servers.at(-1)?.close(() => resolve()))
  expect(await exchange(free, ask)).toMatchObject({ kind: 'not-reached', step: 'connect', why: 'refused' })
})

test('it can be cancelled before and while it waits', async () => {
  const target = await listen(() => {})
  expect(await exchange(target, ask, AbortSignal.abort())).toMatchObject({ why: 'cancelled' })
  const abort = new AbortController()
  const connected = new Promise<void>((resolve) => servers.at(-1)?.once('connection', () => resolve()))
  const waiting = exchange({ ...target, timeout: 60_000 }, ask, abort.signal)
  await connected
  abort.abort()
  expect(await waiting).toMatchObject({ kind: 'not-reached', why: 'cancelled' })
})
