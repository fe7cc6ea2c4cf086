import { assert as holds, asyncProperty, constantFrom, oneof, string, tuple, uint8Array } from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { SealedSecret } from '#engine/httpApi/sealedSecret.ts'
import { Problem } from '#engine/suiteApi/problems.ts'
import { route } from '#engine/suiteApi/route.ts'
import { ProblemAnswer } from '#engine/suiteApi/schemas.ts'
import { SuiteServer } from '#engine/suiteApi/suiteServer.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { sayRaw } from '#test/support/httpApi/api.ts'
import { keepLog } from '#test/support/server/place.ts'
import { type Answer, askAt } from '#test/support/suiteApi/suite.ts'

const token = 'a-token-of-some-length'
const answer = { description: '' }
const hangs = new Set<AbortSignal>()
const routes = [
  route({
    method: 'GET',
    path: '/api/v1/open',
    name: 'open',
    summary: '',
    token: false,
    answer,
    run: () => ({ json: 'open' }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/x/fixed',
    name: 'fixed',
    summary: '',
    answer,
    run: () => ({ json: 'fixed' }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/x/{id}',
    name: 'one',
    summary: '',
    params: z.strictObject({ id: z.string() }),
    answer,
    run: ({ params }) => ({ json: params.id }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/x/{id}',
    name: 'gone',
    summary: '',
    params: z.strictObject({ id: z.string() }),
    answer,
    run: () => ({ json: 'deleted' }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/body',
    name: 'body',
    summary: '',
    body: z.strictObject({ a: z.number() }),
    answer,
    run: ({ body }) => ({ json: body }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/broken',
    name: 'broken',
    summary: '',
    answer,
    run: () => Promise.reject(new Error('a secret of the program')),
  }),
  route({
    method: 'GET',
    path: '/api/v1/missing',
    name: 'missing',
    summary: '',
    answer,
    run: () => Promise.reject(new RpcError('not-found', 'Gone.')),
  }),
  route({
    method: 'GET',
    path: '/api/v1/hang',
    name: 'hang',
    summary: '',
    answer,
    run: ({ signal }) =>
      new Promise((_resolve, reject) => {
        hangs.add(signal)
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      }),
  }),
]

async function open(names: string[] = [], secret: SealedSecret | null = new SealedSecret(token)) {
  const { log, lines } = keepLog()
  const server = new SuiteServer({ routes, token: () => secret, names: () => names, log, asked: () => {} })
  await server.listen(0, '127.0.0.1')
  onTestFinished(() => server.close())
  const base = `http://127.0.0.1:${server.port}`
  const ask = (path: string, init?: RequestInit, given: string | null = token) =>
    askAt(base, `/api/v1${path}`, given, init)
  return { server, lines, ask }
}

/** Every refusal has the same form. */
function expectProblem({ status, type, json, headers }: Answer, wanted: number): void {
  expect([status, type]).toEqual([wanted, 'application/problem+json'])
  expect(ProblemAnswer.parse(json)).toMatchObject({
    status: wanted,
    type: expect.stringMatching(/^\/api\/v1\/problems\/[a-z-]+$/),
  })
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
}

const target = (server: { port: number }, line: string, hosts = [`localhost:${server.port}`]) =>
  sayRaw(
    server.port,
    `${line} HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`,
  )

const rawRequest = (host: string) =>
  `GET /api/v1/x/fixed HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`

describe('the door', () => {
  it('opens for the token, and without it for what anybody may ask', async () => {
    const { ask } = await open()
    expect((await ask('/x/fixed')).json).toBe('fixed')
    expect((await ask('/open', {}, null)).json).toBe('open')
  })

  it.each([null, '', 'wrong', `${token}x`, token.slice(1), 'x'.repeat(9000)])(
    'stays closed for %s',
    async (given) => {
      const { ask } = await open()
      const refused = await ask('/x/fixed', {}, given)
      expectProblem(refused, 401)
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer realm=/)
      expect(refused.text).not.toContain(token)
    },
  )

  it('stays closed while there is no token, and for the token in another scheme', async () => {
    const { ask } = await open([], null)
    expectProblem(await ask('/x/fixed'), 401)
    const other = await open()
    expectProblem(await other.ask('/x/fixed', { headers: { Authorization: `Basic ${token}` } }, null), 401)
  })

  it('tells a foreign name and a foreign page apart from everybody else', async () => {
    const { server, ask } = await open()
    expect(await sayRaw(server.port, rawRequest('Host: evil.test\r\n'))).toMatch(/^HTTP\/1\.1 421 /)
    expect(await sayRaw(server.port, rawRequest(`Host: evil.test:${server.port}\r\n`))).toMatch(
      /^HTTP\/1\.1 421 /,
    )
    expect(await sayRaw(server.port, rawRequest(`Host: localhost:${server.port}\r\n`))).toMatch(
      /^HTTP\/1\.1 200 /,
    )
    expectProblem(await ask('/open', { headers: { Origin: 'http://evil.test' } }), 403)
    const named = await open(['evil.test'])
    expect(await sayRaw(named.server.port, rawRequest('Host: evil.test\r\n'))).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('the target of a request', () => {
  it('may be a whole address, whose host counts as well (RFC 9112 §3.2.2)', async () => {
    const { server } = await open()
    const own = `http://localhost:${server.port}/api/v1/open`
    expect(await target(server, `GET ${own}`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await target(server, `GET ${own}`, ['evil.test'])).toMatch(/^HTTP\/1\.1 421 /)
    expect(await target(server, 'GET http://evil.test/api/v1/open')).toMatch(/^HTTP\/1\.1 421 /)
    for (const line of ['OPTIONS *', 'GET ftp://localhost/api/v1/open', 'GET http://[/'])
      expect(await target(server, line)).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('is nobody’s with two Host fields', async () => {
    const { server } = await open()
    const own = `localhost:${server.port}`
    for (const hosts of [
      [own, 'evil.test'],
      ['evil.test', own],
      [own, own],
    ])
      expect(await target(server, 'GET /api/v1/open', hosts)).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('answers HEAD without a body, as health checks ask', async () => {
    const { server, ask } = await open()
    expect(await target(server, 'HEAD /api/v1/open')).toMatch(
      /^HTTP\/1\.1 200 [^]*Content-Length: 6\r\n[^]*\r\n\r\n$/,
    )
    expect((await ask('/x/1', { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD, DELETE')
  })
})

describe('a request', () => {
  it.each([
    ['/nowhere', {}, 404],
    ['/x/1/2', {}, 404],
    ['/x/%ff', {}, 404],
    ['/missing', {}, 404],
    ['/x/fixed', { method: 'DELETE' }, 405],
    ['/x/1', { method: 'POST' }, 405],
    ['/open', { method: 'OPTIONS' }, 405],
    ['/x/1?a=1', {}, 400],
    ['/x/1?a=1&a=2', {}, 400],
    ['/body', { method: 'PATCH', body: 'no json' }, 400],
    ['/body', { method: 'PATCH', body: '{"a":"1"}' }, 400],
    ['/body', { method: 'PATCH', body: '{}', headers: { 'Content-Type': 'text/plain' } }, 415],
    ['/body', { method: 'PATCH', body: `{"a":${' '.repeat(70_000)}1}` }, 413],
    ['/broken', {}, 500],
  ] as [string, RequestInit, number][])('%s %j: %i', async (path, init, status) => {
    const { ask } = await open()
    expectProblem(await ask(path, init), status)
  })

  it('gets to its route', async () => {
    const { ask } = await open()
    expect((await ask('/x/a%2Fb')).json).toBe('a/b')
    expect((await ask('/x/1', { method: 'DELETE' })).json).toBe('deleted')
    expect((await ask('/body', { method: 'PATCH', body: '{"a":1}' })).json).toEqual({ a: 1 })
    expect((await ask('/x/fixed', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD')
  })

  it('is told nothing of a fault that nobody foresaw; the log is, without what it said', async () => {
    const { ask, lines } = await open()
    expect((await ask('/broken')).text).not.toContain('secret')
    expect(lines).toMatchObject([{ level: 'error', fields: { reason: 'Error' } }])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  it('is called off when the client goes, when the token changes and when the API ends', async () => {
    const { server, ask } = await open()
    const leave = new AbortController()
    hangs.clear()
    const left = ask('/hang', { signal: leave.signal }).catch(() => 'left')
    await expect.poll(() => hangs.size).toBe(1)
    leave.abort()
    expect(await left).toBe('left')
    await expect.poll(() => [...hangs].every(({ aborted }) => aborted)).toBe(true)
    const cut = ask('/hang')
    await expect.poll(() => hangs.size).toBe(2)
    server.cutOff()
    expectProblem(await cut, 401)
    const last = ask('/hang')
    await expect.poll(() => hangs.size).toBe(3)
    await server.close()
    expectProblem(await last, 503)
  })

  it('is answered in the same form when it is no request at all', async () => {
    const { server } = await open()
    for (const [octets, status] of [['nonsense\r\n\r\n', 400], [`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431]] as const) {
      const said = await sayRaw(server.port, octets)
      expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*application/problem\\+json`))
      expect(ProblemAnswer.parse(JSON.parse(said.slice(said.indexOf('\r\n\r\n'))))).toMatchObject({ status })
    }
  })

  it('may be whatever octets: the next one is answered', async () => {
    const { server, ask, lines } = await open()
    const piece = oneof(
      uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets).toString('latin1')),
      string({ maxLength: 30 }),
      constantFrom('GET ', '/api/v1/open', ' HTTP/1.1\r\n', 'Host: localhost\r\n', 'Content-Length: ', '9', '\r\n\r\n', 'Expect: a-miracle\r\n', 'PATCH /api/v1/body HTTP/1.1\r\n'),
    )
    await holds(asyncProperty(tuple(piece, piece, piece, piece), async (pieces) => {
      await sayRaw(server.port, pieces.join(''), true).catch(() => undefined)
    }), { numRuns: 60 })
    expect((await ask('/open')).json).toBe('open')
    expect(lines).toEqual([])
  })
}) // prettier-ignore

it('counts its requests', async () => {
  const { server, ask } = await open()
  await ask('/open')
  await ask('/nowhere')
  expect(server.requests).toBe(2)
  expect(new Problem('internal', '').status).toBe(500)
})
