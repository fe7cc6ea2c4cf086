import { createServer } from 'node:net'
import { once } from 'node:events'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { Wire, type WireListener } from '#engine/server/wire.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { portOf } from '#test/support/server/place.ts'
import { talk } from '#test/support/server/talk.ts'
import { testIdentity, type TestIdentity } from '#test/support/server/tls.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await testIdentity()
})

/** A server that takes one connection, and everything its wire reports. */
async function serve() {
  const seen: string[] = []
  const heard = new EventTarget()
  const note = (text: string) => {
    seen.push(text)
    heard.dispatchEvent(new Event('note'))
  }
  const until = async (pattern: RegExp) => {
    while (!seen.some((one) => pattern.test(one))) await once(heard, 'note')
  }
  const listener: WireListener = {
    bytes: (chunk) => note(`bytes ${Buffer.from(chunk).toString('latin1')}`),
    drained: () => note('drained'),
    finished: () => note('finished'),
    secured: (facts) => note(`secured ${facts.version} ${facts.sni ?? ''}`),
    notSecured: (fault) => note(`not secured ${fault.code}`),
    gone: (how) => note(`gone ${how}`),
  }
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const port = portOf(server)
  const taken = new Promise<Wire>((resolve) =>
    server.once('connection', (socket) => resolve(new Wire(socket, listener))),
  )
  const client = await talk(port)
  return { client, wire: await taken, seen, until }
}

test('octets come in, replies of one turn leave together, half-closing is told before the end', async () => {
  const { client, wire, until, seen } = await serve()
  client.write('EHLO x\r\n')
  await until(/EHLO/)
  wire.write(utf8('250-a\r\n'))
  wire.write(utf8('250 b\r\n'))
  expect(wire.backlog).toBe(14)
  wire.flush()
  expect(await client.until(/250 b/)).toBe('250-a\r\n250 b\r\n')
  client.socket.end()
  await until(/finished/)
  wire.write(utf8('221 bye\r\n'))
  wire.end()
  await client.until(/221/)
  await until(/gone/)
  expect(seen).toEqual(['bytes EHLO x\r\n', 'finished', 'gone closed'])
})

test('paused, nothing is given until resumed', async () => {
  const { client, wire, until, seen } = await serve()
  wire.pause()
  wire.pause()
  client.write('one')
  const round = once(setImmediateEmitter(), 'done')
  await round
  expect(seen).toEqual([])
  wire.resume()
  await until(/one/)
})

/** A few turns of the event loop, in which data would have come. */
function setImmediateEmitter() {
  const target = new EventTarget()
  let turns = 20
  const turn = () => (turns-- > 0 ? setImmediate(turn) : target.dispatchEvent(new Event('done')))
  turn()
  return target
}

test('TLS in place: facts are told, octets are sealed', async () => {
  const { client, wire, until, seen } = await serve()
  client.write('STARTTLS\r\n')
  await until(/STARTTLS/)
  wire.write(utf8('220 go\r\n'))
  wire.secure(identity.context)
  await client.until(/220 go/)
  await client.secure(identity.ca)
  await until(/secured/)
  expect([wire.sealed, wire.securing]).toEqual([true, false])
  client.write('inside')
  await until(/inside/)
  wire.write(utf8('answer'))
  wire.flush()
  expect(await client.until(/answer/)).toBe('answer')
  expect(seen[1]).toBe('secured TLSv1.3 localhost')
  client.socket.end()
  await until(/finished/)
})

test.each([
  ['EHLO x\r\n', 'port-speaks-implicit-tls'],
  ['GET / HTTP/1.1\r\n\r\n', 'port-speaks-implicit-tls'],
])('%j instead of a ClientHello is told, and the connection is closed', async (text, code) => {
  const { client, wire, until, seen } = await serve()
  wire.secure(identity.context)
  client.write(text)
  await client.closed
  await until(/gone/)
  expect(seen).toEqual([`not secured ${code}`, expect.stringMatching(/^gone/)])
})

test('a client that leaves during the handshake', async () => {
  const { client, wire, until, seen } = await serve()
  wire.secure(identity.context)
  client.write(Buffer.from([22, 3, 1, 0, 100, 1]))
  client.socket.end()
  await until(/gone/)
  expect(seen).toEqual(['not secured tls-closed', 'gone closed'])
})

test('a client that has left before the handshake', async () => {
  const { client, wire, until, seen } = await serve()
  client.socket.end()
  await until(/finished/)
  wire.secure(identity.context)
  await until(/gone/)
  expect(seen).toEqual(['finished', 'not secured tls-closed', 'gone closed'])
})

test('a reset is told as such, and writing afterwards does nothing', async () => {
  const { client, wire, until } = await serve()
  client.socket.resetAndDestroy()
  await until(/gone reset/)
  wire.write(utf8('x'))
  wire.flush()
  wire.end()
  wire.destroy()
})
