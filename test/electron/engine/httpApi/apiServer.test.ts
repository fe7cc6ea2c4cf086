import { assert as holds, asyncProperty, constantFrom, oneof, string, tuple, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formRequest, key, openApi, sayRaw } from '#test/support/httpApi/api.ts'

const good = 'from=a%40x.test&to=b%40y.test&subject=Hi&text=Hello'

describe('the HTTP API as a server', () => {
  it('records a request, its body and its answer as one session, the key nowhere', async () => {
    const { server, port, hub, store } = await openApi()
    expect(await sayRaw(port, formRequest(good))).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"Queued\. Thank you\."/)
    await server.close()
    const [session] = hub.sessions
    expect(session?.head).toMatchObject({ protocol: 'http', role: 'server', tls: 'none' })
    expect(session?.events.map(({ kind }) => kind)).toEqual(['connect', 'line', 'chunk', 'remark', 'reply', 'end'])
    expect(session?.messages).toEqual(['m2'])
    expect(store.contents.map(({ end }) => end)).toEqual(['kept', 'committed'])
    const text = JSON.stringify(session?.events)
    expect(text).toContain('Authorization: Basic ********')
    expect(text).not.toContain(key)
    expect(text).not.toContain(Buffer.from(`api:${key}`).toString('base64'))
  }) // prettier-ignore

  it.each([
    [formRequest(good, '', '/v4/x'), 404],
    [formRequest(good).replace('POST', 'PUT'), 405],
    [formRequest(good).replace('Basic ', 'Basic x'), 401],
    [formRequest(good).replace('x-www-form-urlencoded', 'json'), 415],
    [formRequest(good, 'Content-Encoding: gzip\r\n'), 415],
    [formRequest(good).replace(/Content-Length: \d+/, 'Content-Length: 99999999'), 413],
    [formRequest('to=b'), 400],
    [formRequest(good.replace('Hi', 'Hi%0D%0ABcc:+z%40z.test')), 400],
    [formRequest(good, 'Expect: a-miracle\r\n'), 417],
    ['nonsense\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers request %# with its status, in JSON and in words', async (octets, status) => {
    const { server, port, hub, kept } = await openApi()
    const answer = await sayRaw(port, octets)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toHaveProperty('message')
    expect(kept()).toBe(0)
    await server.close()
    expect(hub.sessions[0]?.events.at(-1)?.kind).toBe('end')
    expect(hub.sessions[0]?.events.some((event) => event.kind === 'reply')).toBe(true)
  })

  it('masks a key that stands in the query or in what is no request', async () => {
    const { port, hub } = await openApi()
    await sayRaw(port, formRequest(good, '', '/v9?api_key=hidden-1&x=1'))
    await sayRaw(port, 'POST / FTP/9\r\nAuthorization: hidden-2\r\n\r\n')
    const text = JSON.stringify(hub.sessions)
    expect(text).toContain('api_key=********&x=1')
    expect(text).not.toContain('hidden-')
  })

  it('lives through whatever octets come', async () => {
    const { port, logged } = await openApi()
    const piece = oneof(
      uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets).toString('latin1')),
      string({ maxLength: 30 }),
      constantFrom('POST ', '/v3/a/messages', ' HTTP/1.1\r\n', 'Content-Length: ', '-1', '5', '\r\n\r\n', 'Transfer-Encoding: chunked\r\n', formRequest(good), 'GET / HTTP/1.1\r\n\r\n'),
    ) // prettier-ignore
    await holds(
      asyncProperty(tuple(piece, piece, piece, piece), async (pieces) => {
        await sayRaw(port, pieces.join(''), true).catch(() => undefined)
      }),
      { numRuns: 60 },
    )
    expect(await sayRaw(port, formRequest(good))).toContain('200 OK')
    expect(logged).toEqual([])
  })
})
