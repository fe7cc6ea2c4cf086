import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { LineSocket } from '../../../../../electron/hosts/common/control/lineSocket.ts'

/** Two ends of one connection: what is under test, and a plain socket. */
async function pair(limits = { line: 100, waiting: 1 << 20 }): Promise<{ lines: LineSocket; peer: Socket }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
  const [socket] = (await accepted) as [Socket]
  onTestFinished(() => {
    peer.destroy()
    socket.destroy()
    server.close()
  })
  return { lines: new LineSocket(socket, limits), peer }
}

test('messages one by one, then to a listener, however they were cut', async () => {
  const { lines, peer } = await pair()
  peer.write('{"a":1}\n{"a')
  expect(await lines.next()).toEqual({ a: 1 })
  peer.write('":"ä"}\nno json\n[3]\n')
  expect(await lines.next()).toEqual({ a: 'ä' })
  const got: unknown[] = []
  await new Promise<void>((done) => {
    lines.onMessage((message) => {
      got.push(message)
      if (got.length === 2) done()
    })
  })
  expect(got).toEqual([undefined, [3]])
})
test('what is sent is a line; the end is told on both sides, also to who waits', async () => {
  const { lines, peer } = await pair()
  lines.post({ hello: 'x\ny' })
  const [text] = (await once(peer, 'data')) as [string]
  expect(text).toBe('{"hello":"x\\ny"}\n')
  const waiting = lines.next()
  const over = new Promise<void>((done) => lines.onClose(done))
  peer.end()
  await over
  expect(await waiting).toBeNull()
  expect(await lines.next()).toBeNull()
  lines.post('nobody')
})
test.each([
  ['a line that does not end', 'x'.repeat(101)],
  ['a line that is too long', `"${'x'.repeat(100)}"\n`],
  ['more than anybody asks before an answer', '1\n'.repeat(20)],
])('%s ends it', async (_name, text) => {
  const { lines, peer } = await pair()
  peer.on('error', () => {})
  const over = new Promise<void>((done) => lines.onClose(done))
  peer.write(text)
  await over
})
test('a peer that does not read is given up', async () => {
  const { lines, peer } = await pair({ line: 100, waiting: 1000 })
  peer.pause()
  const over = new Promise<void>((done) => lines.onClose(done))
  // More than any buffer of the system's takes.
  for (let i = 0; i < 64; i++) lines.post('x'.repeat(1 << 20))
  await over
})
