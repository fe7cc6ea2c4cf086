import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { scanTls, type ScanOptions } from '#engine/tlsScan/scanTls.ts'
import { answerHello, type TlsScript } from '#test/support/tls/scriptedTls.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

interface Scripted {
  options: ScanOptions
  /** Most connections that were open at once. */
  widest(): number
  count(): number
}

async function listen(script: TlsScript, admit: (count: number) => boolean = () => true): Promise<Scripted> {
  let open = 0
  let widest = 0
  let count = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    open++
    widest = Math.max(widest, open)
    socket.on('error', () => {})
    socket.on('close', () => open--)
    const welcome = admit(++count)
    if (welcome) socket.write('220 mx.example\r\n')
    else socket.end('421 4.7.0 slow down\r\n')
    socket.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1')
      if (text.startsWith('EHLO')) socket.write('250 STARTTLS\r\n')
      else if (text.startsWith('STARTTLS')) socket.write('220 go\r\n')
      else if (bytes[0] === 22) socket.write(answerHello(script, new Uint8Array(bytes)))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const target = { address: '127.0.0.1', port, mode: 'starttls', ehloName: 'me', timeout: 5000 } as const
  return { options: { target, serverName: 'mx.example' }, widest: () => widest, count: () => count }
}

const script: TlsScript = {
  suites: { 'TLSv1.3': [0x1302, 0x1301], 'TLSv1.2': [0xc030, 0xc02f, 0x009e] },
  groups: [29, 23],
}
const suitesOf = (scan: Awaited<ReturnType<typeof scanTls>>) =>
  scan.facts.versions.filter(({ suites }) => suites.length > 0).map(({ suites }) => suites)

test('scans over STARTTLS with few connections at once, and counts them', async () => {
  const server = await listen(script)
  const told: number[] = []
  const scan = await scanTls({ ...server.options, onProgress: ({ asks }) => told.push(asks) })
  expect(suitesOf(scan)).toEqual([
    [0xc030, 0xc02f, 0x009e],
    [0x1302, 0x1301],
  ])
  expect(scan).toMatchObject({ limited: undefined, stopped: undefined, connections: server.count() })
  // The server sees the end of one connection a little after the beginning of the next.
  expect(server.widest()).toBeLessThanOrEqual(8)
  expect(told.length).toBe(scan.connections)
})

test('a server that turns every third connection away is asked again, one at a time, and nothing is missing', async () => {
  const server = await listen(script, (count) => count < 5 || count % 3 !== 0)
  const scan = await scanTls({ ...server.options, pauses: [1, 2, 3] })
  expect(suitesOf(scan)).toEqual([
    [0xc030, 0xc02f, 0x009e],
    [0x1302, 0x1301],
  ])
  expect(scan.limited).toEqual({
    kind: 'not-reached',
    step: 'banner',
    why: 'rejected',
    reply: '421 4.7.0 slow down',
  })
  expect(scan.stopped).toBeUndefined()
})

test('a server that lets nobody in any more ends the scan with what is known, and says why', async () => {
  const server = await listen(script, (count) => count <= 6)
  const scan = await scanTls({ ...server.options, pauses: [1, 2, 3] })
  expect(scan.stopped).toMatchObject({ step: 'banner', why: 'rejected', reply: '421 4.7.0 slow down' })
  expect(scan.connections).toBeLessThan(20)
})

test('a port that cannot be reached is not tried again and again', async () => {
  const server = await listen(script)
  await new Promise<void>((resolve) => servers.pop()?.close(() => resolve()))
  const scan = await scanTls(server.options)
  expect(scan.stopped).toMatchObject({ step: 'connect', why: 'refused' })
  expect(scan.connections).toBeLessThanOrEqual(4)
})

test('it can be cancelled', async () => {
  const server = await listen(script)
  const abort = new AbortController()
  const scan = await scanTls({
    ...server.options,
    signal: abort.signal,
    onProgress: ({ asks }) => (asks > 3 ? abort.abort() : undefined),
  })
  expect(scan.stopped).toMatchObject({ why: 'cancelled' })
})
