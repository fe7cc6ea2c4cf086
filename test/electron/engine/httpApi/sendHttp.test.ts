import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startHttpSend } from '#engine/httpApi/sendHttp.ts'
import { type HttpSendPlan, HttpSendRequest } from '#shared/rpc/contract/httpApi.ts'
import { key, openApi } from '#test/support/httpApi/api.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { StoreError } from '#engine/store/types.ts'
import { systemClock } from '#test/support/server/place.ts'

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
