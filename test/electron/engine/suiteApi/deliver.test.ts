import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { expect, it, onTestFinished } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { deliver, type DeliverDeps } from '#engine/suiteApi/deliver.ts'
import { portOf } from '#test/support/server/place.ts'

const signal = new AbortController().signal
const deps = (more: Partial<DeliverDeps> = {}): DeliverDeps => ({ hosts: [], signal, ...more })

/** A web server on a port of its own; what was asked of it. */
async function receiver(answer: RequestListener) {
  const asked: { url: string; body: string; headers: NodeJS.Dict<string | string[]> }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', body, headers: request.headers })
      answer(request, response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: portOf(server), asked }
}

const post = (url: string) => ({
  url,
  body: '{"a":"ü"}',
  headers: { 'Content-Type': 'application/json', 'webhook-id': 'x' },
})

it('posts the body with its fields and reads the status', async () => {
  const { port, asked } = await receiver((_request, response) => response.writeHead(204).end())
  expect(await deliver(post(`http://localhost:${port}/a?b=1`), deps())).toEqual({
    ok: true,
    status: 204,
    words: 'Taken, 204.',
  })
  expect(asked).toMatchObject([
    {
      url: '/a?b=1',
      body: '{"a":"ü"}',
      headers: { 'webhook-id': 'x', 'content-length': '10', host: `localhost:${port}` },
    },
  ])
})

it.each([
  [302, { ok: false, again: false, words: 'Answered with a redirect, 302, which is not followed.' }],
  [404, { ok: false, again: false, status: 404 }],
  [500, { ok: false, again: true, status: 500 }],
  [429, { ok: false, again: true, status: 429, after: 7000 }],
])('judges %i', async (status, result) => {
  const other = await receiver((_request, response) => response.end())
  const { port } = await receiver((_request, response) =>
    response.writeHead(status, { Location: `http://127.0.0.1:${other.port}/`, 'Retry-After': '7' }).end(),
  )
  expect(await deliver(post(`http://127.0.0.1:${port}/`), deps())).toMatchObject(result)
  expect(other.asked).toEqual([])
})

it('connects to the address that was judged, and to no other', async () => {
  const { port, asked } = await receiver((_request, response) => response.end())
  const url = `http://hooks.example.test:${port}/`
  const hosts = ['hooks.example.test']
  // The name answers with this computer: rebinding.
  const rebound = await deliver(post(url), deps({ hosts, resolve: () => Promise.resolve(['127.0.0.1']) }))
  expect(rebound).toMatchObject({
    ok: false,
    again: false,
    words: expect.stringContaining('no public address'),
  })
  // One good among bad ones is not enough.
  const mixed = await deliver(post(url), deps({ hosts, resolve: () => Promise.resolve(['8.8.8.8', '::1']) }))
  expect(mixed).toMatchObject({ ok: false, again: false })
  expect(asked).toEqual([])
  // Where the address is allowed itself, it is asked once and used as answered.
  let questions = 0
  const resolve = () => Promise.resolve([questions++ === 0 ? '127.0.0.1' : '8.8.8.8'])
  expect(await deliver(post(url), deps({ hosts: [...hosts, '127.0.0.1'], resolve }))).toMatchObject({
    ok: true,
  })
  expect([questions, asked.length]).toEqual([1, 1])
})

it('does not ask DNS for what is not allowed, nor try again', async () => {
  expect(
    await deliver(post('http://elsewhere.test/'), deps({ resolve: () => expect.unreachable() })),
  ).toMatchObject({
    ok: false,
    again: false,
    words: expect.stringContaining('allowed hosts'),
  })
})

it('tells why nothing came, and may try again', async () => {
  const { port } = await receiver(() => {})
  expect(await deliver(post(`http://127.0.0.1:${port}/`), deps({ timeout: 50 }))).toEqual({
    ok: false,
    again: true,
    words: '127.0.0.1 did not answer in time.',
  })
  expect(await deliver(post('http://127.0.0.1:1/'), deps())).toEqual({
    ok: false,
    again: true,
    words: '127.0.0.1 takes no connection on that port.',
  })
  const end = new AbortController()
  const given = deliver(post(`http://127.0.0.1:${port}/`), deps({ signal: end.signal }))
  end.abort()
  expect(await given).toMatchObject({ ok: false, words: expect.stringContaining('Given up') })
})

it('goes by the status, whatever comes behind it', async () => {
  for (const answer of [
    (response: ServerResponse) => void response.end('x'.repeat(1 << 20)),
    (response: ServerResponse) => void response.write('no end'),
    (response: ServerResponse) => void response.write('broken', () => response.destroy()),
  ]) {
    const { port, asked } = await receiver((_request, response) => answer(response))
    expect(await deliver(post(`http://127.0.0.1:${port}/`), deps())).toMatchObject({ ok: true, status: 200 })
    expect(asked).toHaveLength(1)
  }
})

it('tries each address of localhost', async () => {
  const { port } = await receiver((_request, response) => response.end())
  const both = deps({ resolve: () => Promise.resolve(['::1', '127.0.0.1']) })
  expect(await deliver(post(`http://localhost:${port}/`), both)).toMatchObject({ ok: true })
})

it('asks for a certificate that is right', async () => {
  const authority = await makeAuthority(new Date())
  const { cert, key } = await makeServerCertificate(authority, ['localhost'], new Date())
  const server = createTlsServer({ cert, key }, (_request, response) => response.end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const url = `https://localhost:${portOf(server)}/`
  expect(await deliver(post(url), deps())).toMatchObject({ ok: false })
  expect(await deliver(post(url), deps({ ca: authority.cert }))).toMatchObject({ ok: true })
})
