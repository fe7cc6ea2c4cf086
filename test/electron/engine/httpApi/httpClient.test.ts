import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import { HttpClient } from '#engine/httpApi/httpClient.ts'
import { requestOf } from '#engine/httpApi/requestOf.ts'
import { Message } from '#shared/rpc/contract/message.ts'
import { key, openApi } from '#test/support/httpApi/api.ts'
import { fakeHub } from '#test/support/server/fakes.ts'
import { portOf } from '#test/support/server/place.ts'

const head = { source: 'send', role: 'client', host: 'x', port: 1, tls: 'none' } as const
const message = Message.parse({ from: 'a@x.test', to: ['b@y.test'], text: 'T' })

const lines = (events: readonly { kind: string }[]) => events.filter(({ kind }) => kind === 'line')

it('sends several requests on one connection, and says what it says', async () => {
  const { port, hub: there } = await openApi()
  const hub = fakeHub()
  const journal = new Journal(hub.hub.begin(head))
  const target = {
    host: '127.0.0.1',
    port,
    tls: false,
    base: '',
    certificate: 'check',
    timeout: 5000,
  } as const
  const client = await HttpClient.open(target, { journal, now: () => new Date() })
  if (!(client instanceof HttpClient)) throw new Error(client.message)
  const made = requestOf('json', message, '', key)
  if (!made.ok) throw new Error('refused')
  for (const last of [false, false, true])
    expect(await client.send(made.request, last)).toMatchObject({ ok: true, status: 200, keeps: !last })
  client.close()
  expect(there.sessions).toHaveLength(1)
  // What is recorded here is what the server read, field by field.
  const [said, heard] = [lines(hub.sessions[0]!.events), lines(there.sessions[0]!.events)]
  expect(said).toHaveLength(3)
  expect(said.map((event) => ('raw' in event ? event.raw : ''))).toEqual(heard.map((event) => ('raw' in event ? event.raw : ''))) // prettier-ignore
})

it('tells where no connection came about', async () => {
  const hub = fakeHub()
  const journal = new Journal(hub.hub.begin(head))
  const target = { host: '127.0.0.1', port: 1, tls: false, base: '', certificate: 'check', timeout: 5000 } as const
  expect(await HttpClient.open(target, { journal, now: () => new Date() })).toMatchObject({ ok: false, phase: 'tcp' })
}) // prettier-ignore

it('waits for a dripping server no longer than it may', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')
    const drip = setInterval(() => socket.write('x'), 10)
    socket.once('close', () => clearInterval(drip))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const journal = new Journal(fakeHub().hub.begin(head))
  const target = {
    host: '127.0.0.1',
    port: portOf(server),
    tls: false,
    base: '',
    certificate: 'check',
    timeout: 60,
  } as const
  const client = await HttpClient.open(target, { journal, now: () => new Date() })
  if (!(client instanceof HttpClient)) throw new Error(client.message)
  const answer = await client.send({ path: '/', fields: [], body: Buffer.from('x') }, true)
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('not complete within 0.24 s') })
  client.close()
  await new Promise((resolve) => server.close(resolve))
})
