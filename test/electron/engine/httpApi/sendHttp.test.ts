import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { startHttpSend } from '#engine/httpApi/sendHttp.ts'
import { type HttpSendPlan, HttpSendRequest } from '#shared/rpc/contract/httpApi.ts'
import { key, openApi } from '#test/support/httpApi/api.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { StoreError } from '#engine/store/types.ts'
import { portOf, systemClock } from '#test/support/server/place.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'

const planOf = (change: object): HttpSendPlan =>
  HttpSendRequest.parse({ api: 'json', url: 'http://127.0.0.1:1', key, message: { from: 'a@x.test', to: ['b@y.test'], subject: 'Hi', text: 'T' }, ...change }) // prettier-ignore

async function send(change: object, kept = fakeStore()) {
  const hub = fakeHub()
  const started = await startHttpSend(planOf(change), { hub: hub.hub, clock: systemClock, store: kept.store })
  if (!started.ok) return { problems: started.problems, hub }
  return { result: await started.result, hub, kept }
}

it.each(['form', 'json'] as const)('sends by the %s API, and the key is in no event', async (api) => {
  const { port } = await openApi()
  const { result, hub } = await send({ api, url: `http://127.0.0.1:${port}/` })
  expect(result).toMatchObject({ outcome: 'accepted', status: 200 })
  const { events, head, concealed } = hub.sessions[0]!
  expect(head).toMatchObject({ protocol: 'http', source: 'send', role: 'client' })
  expect(events.map(({ kind }) => kind)).toEqual(['connect', 'line', 'chunk', 'reply', 'end'])
  expect(JSON.stringify(events)).not.toContain(key)
  expect(concealed).toContain(key)
})

it('keeps a copy of what was sent; a disk that fails costs the copy alone', async () => {
  const { port } = await openApi()
  const url = `http://127.0.0.1:${port}`
  const { kept } = await send({ url, message: { from: 'a@x.test', to: ['b@y.test'], subject: 'Hi', text: 'T'.repeat(200_000) } })
  expect(kept?.contents).toMatchObject([{ body: 1, end: 'kept' }])
  expect(JSON.parse(new TextDecoder().decode(kept?.bytesOf(0)))).toMatchObject({ content: { subject: 'Hi' } })
  const broken = fakeStore()
  broken.how.fault = new StoreError('full', 'The disk is full.')
  expect((await send({ url }, broken)).result).toMatchObject({ outcome: 'accepted' })
  expect(broken.contents).toMatchObject([{ end: 'discarded' }])
}) // prettier-ignore

it('says in words what a service refused', async () => {
  const { port } = await openApi()
  const { result } = await send({ url: `http://127.0.0.1:${port}`, key: 'wrong' })
  expect(result).toMatchObject({ outcome: 'rejected', status: 401, next: expect.stringContaining('key') })
  expect((await send({ url: `http://127.0.0.1:${port}/elsewhere` })).result).toMatchObject({ status: 404 })
})

it.each([
  ['SSH-2.0-x\r\n', 'not HTTP'],
  ['', 'closed the connection'],
  ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi', 'broke off'],
])('lives with a server that says %j', async (said, words) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(said))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { result } = await send({ url: `http://127.0.0.1:${port}` })
  expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining(words) })
})

it.each([
  [{ url: 'smtp://x' }, 'url'],
  [{ url: 'https://api:pw@x.test' }, 'url'],
  [{ url: 'https://x.test?k=1' }, 'url'],
  [{ url: 'http://mail.example.com' }, 'key'],
  [{ key: 'a b' }, 'key'],
  [{ ca: 'x' }, 'ca'],
  [{ message: { from: 'a@x.test', to: ['two@@x'], text: 'T' } }, 'message.to'],
])('refuses %j and dials nothing', async (change, field) => {
  const { problems, hub } = await send(change)
  expect(problems?.[0]?.field).toContain(field)
  expect(JSON.stringify(problems)).not.toMatch(/pw@|k3y-of/)
  expect(hub.sessions).toEqual([])
})

it('repeats no part of an address that may be a secret', async () => {
  const typed = ['https://s3cret@x.test', 'https://s3cret:s3cret@x.test', 'https//s3cret@x.test', 's3cret@x.test', 'ftp://a/s3cret@x.test', 'x.test?key=s3cret', 'https://x.test/?key=s3cret'] // prettier-ignore
  for (const url of typed) {
    const { problems } = await send({ url })
    expect(problems?.map(({ field }) => field)).toEqual(['url'])
    expect(JSON.stringify(problems)).toContain('x.test')
    expect(JSON.stringify(problems)).not.toContain('s3cret')
  }
})

it('says of a connection that could not be made what is known of it, and what to do', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await new Promise((resolve) => server.close(resolve))
  const { result, hub } = await send({ url: `http://127.0.0.1:${port}` })
  expect(result).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('refused the connection'),
  })
  expect(result?.next).toMatch(/\.$/)
  const events = hub.sessions[0]?.events ?? []
  expect(events.flatMap((event) => (event.kind === 'finding' ? [event.code] : []))).toEqual(['tcp-refused'])
})

/** A service that answers everything like this. */
async function answering(octets: string | ((key: string) => string)): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(typeof octets === 'string' ? octets : octets(key)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

const http = (status: string, body: string, fields = ''): string =>
  `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`

it('gives a key that the service repeats to nobody', async () => {
  const place = await answering((repeated) =>
    http('401 No', `{"errors":[{"message":"bad key ${repeated}"}]}`),
  )
  const { result, hub } = await send({ url: `http://${place}` })
  expect(result).toMatchObject({ status: 401, reply: '{"errors":[{"message":"bad key ********"}]}' })
  expect(JSON.stringify([result, hub.sessions[0]?.events.at(-1)])).not.toContain(key)
  const away = await answering((repeated) =>
    http('302 Found', '', `Location: http://b.test/?k=${repeated}\r\n`),
  )
  const moved = await send({ url: `http://${away}` })
  expect(moved.result?.message).toContain('http://b.test/?k=********')
  expect(JSON.stringify(moved.hub.sessions[0]?.events.at(-1))).not.toContain(key)
})

it.each([
  ['hunter', 'http://b.test/hunter', /hunter/],
  ['ab/cd+ef=9', 'http://b.test/?k=ab%2Fcd%2Bef%3D9', /cd|ef/],
  ['ab/cd+ef=9', 'http://b.test/?k=ab%2fcd%2bef%3d9', /cd|ef/],
  ['longer-than-what-is-left', `http://b.test/${'x'.repeat(275)}longer-than-what-is-left`, /longer/],
])('keeps the key %s out of the place that a service points to: %s', async (secret, location, told) => {
  const place = await answering(http('302 Found', '', `Location: ${location}\r\n`))
  const { result, hub } = await send({ url: `http://${place}`, key: secret })
  expect(result?.message).toContain('302 “http://b.test/')
  expect(JSON.stringify([result, hub.sessions[0]?.events.at(-1)])).not.toMatch(told)
})

const awkward = 'a?/cd"ef9'

it.each([
  String.raw`{"message":"key a?\/cd\"ef9"}`,
  String.raw`{"message":"key a?/cd\"ef9"}`,
  '<p>key a?/cd&quot;ef9',
  `{"message":"${Buffer.from(`api:${awkward}`)
    .toString('base64')
    .replaceAll('/', String.raw`\/`)}"}`,
])('knows the key again as JSON and HTML write it: %s', async (body) => {
  const place = await answering(http('401 No', body))
  const { result } = await send({ url: `http://${place}`, key: awkward })
  expect(result?.reply).toContain('********')
  expect(result?.reply).not.toMatch(/cd|ef9|YXBpOm|L2Nk/)
})

it.each([
  ['<html>', 'failed', 'failed'],
  ['{"results":{"total_accepted_recipients":0}}', 'rejected', 'failed'],
  ['{"results":{"id":"1"}}', 'accepted', 'completed'],
])('ends the dialogue as its 200 is judged: %s', async (body, outcome, ending) => {
  const { result, hub } = await send({ url: `http://${await answering(http('200 OK', body))}` })
  expect(result?.outcome).toBe(outcome)
  expect(hub.sessions[0]?.events.at(-1)).toMatchObject({ kind: 'end', outcome: ending })
})

it('says that a port in clear is no port for https', async () => {
  const place = await answering(http('400 Bad Request', ''))
  const { result, hub } = await send({ url: `https://${place}` })
  expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('answers in clear') })
  expect(result?.message).not.toContain('SMTP')
  const codes = hub.sessions[0]?.events.flatMap((event) => (event.kind === 'finding' ? [event.code] : []))
  expect(codes).toEqual(['port-speaks-plain'])
})

it('takes the whole address of the API too, with the domain in it', async () => {
  const { port, hub } = await openApi()
  const at = `http://127.0.0.1:${port}`
  expect((await send({ url: `${at}/api/v1/transmissions/` })).result).toMatchObject({ outcome: 'accepted' })
  const form = { api: 'form', url: `${at}/v3/mail.example.com/messages` }
  expect((await send(form)).result).toMatchObject({ outcome: 'accepted' })
  expect((await send({ ...form, domain: 'else.test' })).result).toMatchObject({ outcome: 'accepted' })
  const asked = hub.sessions.map(({ events }) => events.find(({ kind }) => kind === 'line'))
  expect(asked.map((line) => (line?.kind === 'line' ? line.raw.split(' ', 2)[1] : ''))).toEqual([
    '/api/v1/transmissions', '/v3/mail.example.com/messages', '/v3/else.test/messages',
  ])
}) // prettier-ignore

it('withholds the key from a server that nobody vouches for, unless this is meant', async () => {
  const heard: string[] = []
  const server = createTlsServer(await selfSigned(), (socket) => {
    socket.on('error', () => {})
    socket.once('data', (octets) => {
      heard.push(octets.toString('latin1'))
      socket.end(http('200 OK', '{"results":{"id":"1"}}'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // This computer by a name that is not known to be its own.
  const plan = { url: `https://0.0.0.0:${portOf(server)}`, certificate: 'accept' }
  const { result, hub } = await send(plan)
  expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('key was not sent') })
  expect(result?.next).toContain('consent')
  expect(heard).toEqual([])
  const found = hub.sessions[0]?.events.findLast(({ kind }) => kind === 'finding')
  expect(found).toMatchObject({ code: 'auth-needs-tls', side: 'this-computer', evidence: [2] })
  expect((await send({ ...plan, allowUnprotected: true })).result).toMatchObject({ outcome: 'accepted' })
  expect(heard.join('')).toContain(key)
})
