import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import { openTcp } from '#engine/dialogue/tcp.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, says } from '#test/support/dialogue/scriptedServer.ts'

function journal() {
  const hub = memoryHub()
  const made = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  return { made, events: () => hub.events(made.session) }
}
const loop = { address: '127.0.0.1', family: 4 } as const
const six = { address: '::1', family: 6 } as const

test('addresses are tried in order, each attempt is an event, the first that opens is taken', async () => {
  const server = await listen(says('220 hello\r\n'))
  const { made, events } = journal()
  const opened = await openTcp({
    addresses: [six, loop, loop],
    port: server.port,
    timeout: 5000,
    journal: made,
  })
  expect(opened).toMatchObject({ address: loop, seq: 2 })
  expect(events()).toMatchObject([
    { kind: 'connect', family: 6, fault: {} },
    { kind: 'connect', outcome: 'connected', local: { address: '127.0.0.1' } },
  ])
  opened?.socket.destroy()
  await server.close()
})

test('refused, and cancelled', async () => {
  const server = await listen(says(''))
  await server.close()
  const refused = journal()
  const options = { addresses: [loop], port: server.port, timeout: 5000 }
  expect(await openTcp({ ...options, journal: refused.made })).toBeUndefined()
  expect(refused.events()).toMatchObject([{ outcome: 'refused', fault: { code: 'ECONNREFUSED' } }])
  const cancelled = journal()
  expect(await openTcp({ ...options, journal: cancelled.made, signal: AbortSignal.abort() })).toBeUndefined()
  expect(cancelled.events()).toEqual([])
})

test('a trial stands aside', async () => {
  const server = await listen(says(''))
  const { made, events } = journal()
  const opened = await openTcp({
    addresses: [loop],
    port: server.port,
    timeout: 5000,
    journal: made,
    aside: true,
  })
  expect(made.events).toEqual([])
  expect(events()).toHaveLength(1)
  opened?.socket.destroy()
  await server.close()
})

test('from an address of this computer, which the server sees', async () => {
  const seen: (string | undefined)[] = []
  const server = await listen((socket) => void seen.push(socket.remoteAddress))
  const { made, events } = journal()
  const options = { addresses: [loop], port: server.port, timeout: 5000, journal: made }
  const opened = await openTcp({ ...options, source: '127.0.0.77' })
  expect(events()).toMatchObject([{ outcome: 'connected', local: { address: '127.0.0.77' } }])
  opened?.socket.destroy()
  // An address that no computer has (RFC 5737).
  expect(await openTcp({ ...options, source: '192.0.2.1' })).toBeUndefined()
  expect(events().at(-1)).toMatchObject({ outcome: 'unreachable', fault: { code: 'EADDRNOTAVAIL' } })
  await server.close()
  expect(seen).toEqual(['127.0.0.77'])
})
