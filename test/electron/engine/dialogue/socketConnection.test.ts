import { expect, test } from 'vitest'
import type { ConnectionEnd } from '#engine/dialogue/connection.ts'
import { dial } from '#engine/dialogue/dialer.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, mail, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'

async function connected(server: TestServer, ca?: string) {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const target = {
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    certificate: 'check',
    family: 0,
    ca,
    timeouts: {},
  } as const
  const dialled = await dial(target, { journal, now: () => new Date() })
  if (!dialled.ok) throw new Error(dialled.message)
  const { connection } = dialled
  let text = ''
  const waiting = new Set<() => void>()
  const ended = new Promise<ConnectionEnd>((resolve) =>
    connection.listen({
      bytes: (bytes) => {
        text += new TextDecoder().decode(bytes)
        waiting.forEach((look) => look())
      },
      drained() {},
      ended: resolve,
    }),
  )
  const heard = (part: string) =>
    new Promise<void>((resolve) => {
      const look = (): void => {
        if (text.includes(part)) resolve()
      }
      waiting.add(look)
      look()
    })
  return { connection, ended, heard }
}
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

test('octets come, even those that came before anybody listened; a close is told once', async () => {
  const server = await listen((socket) => socket.end('220 mx\r\n'))
  const { ended, heard } = await connected(server)
  await heard('220 mx')
  expect(await ended).toEqual({ how: 'closed' })
  await server.close()
})

test('a reset is no close', async () => {
  const server = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const { connection, ended } = await connected(server)
  connection.write(encode('x'))
  expect(await ended).toMatchObject({ how: 'reset', fault: { code: 'ECONNRESET' } })
  await server.close()
})

test('upgraded to TLS in place, it goes on sealed', async () => {
  const { ca, pair } = await trusted()
  const server = await listen(mail({ pair }))
  const { connection, heard } = await connected(server, ca)
  await heard('220 ')
  connection.write(encode('STARTTLS\r\n'))
  await heard('220 2.0.0 begin')
  expect(connection.sealed).toBe(false)
  expect(await connection.secure()).toMatchObject({ ok: true, tls: { verified: true } })
  expect(connection.sealed).toBe(true)
  connection.write(encode('EHLO x\r\n'))
  await heard('250 AUTH')
  connection.close()
  await server.close()
})

test('destroyed by us it tells nobody, and writing is harmless', async () => {
  const server = await listen(says('220 mx\r\n'))
  const { connection, ended } = await connected(server)
  connection.destroy()
  expect(connection.write(encode('x'))).toBe(true)
  connection.close()
  await server.close()
  expect(await Promise.race([ended, Promise.resolve('silent')])).toBe('silent')
})

test('reset by this side reaches the server as a reset and not as an end', async () => {
  let how: (code: string) => void
  const seen = new Promise<string>((resolve) => (how = resolve))
  const server = await listen((socket) => {
    socket.on('error', (error) => how('code' in error ? String(error.code) : 'error'))
    socket.on('end', () => how('end'))
    socket.write('220 mx\r\n')
  })
  const { connection, heard } = await connected(server)
  await heard('220')
  connection.reset()
  expect(await seen).toBe('ECONNRESET')
  await server.close()
})

test.each([false, true])(
  'broken off, what was written arrives before the reset; sealed: %s',
  async (sealed) => {
    const { ca, pair } = await trusted()
    let how: (code: string) => void
    const seen = new Promise<string>((resolve) => (how = resolve))
    const server = await listen((socket, received) => {
      socket.on('end', () => how('end'))
      socket.on('close', () => how('broken'))
      mail({ pair })(socket, received)
    })
    const { connection, heard } = await connected(server, ca)
    await heard('220 ')
    if (sealed) {
      connection.write(encode('STARTTLS\r\n'))
      await heard('220 2.0.0 begin')
      await connection.secure()
    }
    connection.write(encode('DATA\r\nSubject: half a me'))
    connection.breakOff()
    connection.close()
    expect(await seen).toBe('broken')
    expect(server.received()).toContain('half a me')
    await server.close()
  },
)

test('what is written between cork and uncork leaves in order, small pieces as one, also before a close', async () => {
  const pieces: string[] = []
  const { promise: gone, resolve: over } = Promise.withResolvers<void>()
  const server = await listen((socket) => {
    socket.on('data', (bytes) => pieces.push(bytes.toString('latin1'))).on('close', () => over())
  })
  const { connection } = await connected(server)
  connection.cork()
  connection.write(encode('MAIL FROM:<a@x.example>\r\n'))
  connection.write(encode('RCPT TO:<b@y.example>\r\n'))
  connection.uncork()
  const large = encode('x'.repeat(50_000))
  connection.cork()
  connection.write(encode('first '))
  connection.write(large)
  connection.write(encode(' last'))
  connection.close()
  connection.uncork()
  await gone
  expect(pieces.join('')).toBe(
    `MAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nfirst ${'x'.repeat(50_000)} last`,
  )
  expect(pieces[0]).toMatch(/^MAIL FROM:<a@x\.example>\r\nRCPT TO:<b@y\.example>\r\n/)
  await server.close()
})

test('what is corked is never sent when the connection is cut', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const server = await listen((socket) => {
    let text = ''
    socket.on('data', (bytes) => (text += bytes.toString())).on('close', () => resolve(text))
    socket.on('error', () => undefined)
  })
  const { connection } = await connected(server)
  connection.cork()
  connection.write(encode('DATA\r\n'))
  connection.destroy()
  connection.uncork()
  expect(await promise).toBe('')
  await server.close()
})
