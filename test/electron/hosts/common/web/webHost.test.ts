import { once } from 'node:events'
import { createServer, Server } from 'node:net'
import { WebSocket } from 'ws'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startWebHost, type WebHost } from '../../../../../electron/hosts/common/web/webHost.ts'
import { pageContent } from '../../../../../electron/hosts/common/web/pageContent.ts'
import { info, makeWorld } from '../../../../shared/rpc/support.ts'
import { ask, enter, makePage, upgrade } from './support.ts'

let host: WebHost
const logged: string[] = []
beforeEach(async () => {
  logged.length = 0
  const content = await pageContent(await makePage())
  const log = (level: string, message: string): void => void logged.push(`${level} ${message}`)
  host = await startWebHost({ handlers: makeWorld().handlers, content, log, mostOctets: 10_000 })
})
afterEach(() => host.stop())

const own = (): string => `127.0.0.1:${host.port}`
const rpc = (): string => `ws://${own()}/rpc`
const inside = async (): Promise<{ Cookie: string }> => ({ Cookie: await enter(host.newAddress()) })

describe('the door', () => {
  test('a new address redirects to / with a session cookie, and the page follows', async () => {
    const url = new URL(host.newAddress())
    const entered = await ask(host.port, url.pathname + url.search)
    expect(entered).toMatchObject({ status: 303, headers: { location: '/' } })
    expect(entered.headers['set-cookie']).toEqual([
      expect.stringMatching(/^relayscope-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
    ])
    const Cookie = entered.headers['set-cookie']![0]!.split(';')[0]!
    const page = await ask(host.port, '/', { Cookie })
    expect(page).toMatchObject({ status: 200, body: '<title>The page</title>' })
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(Object.keys(page.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('looking whether there is something does not use an address up', async () => {
    const url = new URL(host.newAddress())
    expect((await ask(host.port, url.pathname + url.search, {}, 'HEAD')).status).toBe(403)
    expect((await ask(host.port, url.pathname + url.search)).status).toBe(303)
  })

  test('a used address says how to get a new one; who is inside already is let through', async () => {
    const address = host.newAddress()
    const Cookie = await enter(address)
    const path = address.slice(address.indexOf('/?'))
    const again = await ask(host.port, path)
    expect(again).toMatchObject({ status: 403, body: expect.stringContaining('press Enter') })
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(await ask(host.port, path, { Cookie })).toMatchObject({ status: 303, headers: { location: '/' } })
  })

  test('wrong tokens, no cookie and wrong cookies stay outside, for files as for the page', async () => {
    for (const path of [
      '/?token=',
      '/?token=wrong',
      '/',
      '/index.html',
      '/assets/app-12345678.js',
      '/nothing',
    ])
      expect(await ask(host.port, path)).toMatchObject({ status: 403 })
    const Cookie = `relayscope-${host.port}=${'A'.repeat(43)}`
    expect(await ask(host.port, '/', { Cookie })).toMatchObject({ status: 403 })
  })
})

describe('requests', () => {
  test('a foreign Host is refused before anything else, so a rebound name gains nothing', async () => {
    const cookie = await inside()
    for (const Host of ['attacker.example', `attacker.example:${host.port}`, `localhost:${host.port + 1}`]) {
      expect(await ask(host.port, '/', { ...cookie, Host })).toMatchObject({ status: 421 })
      const token = host.newAddress().split('?')[1]
      expect((await ask(host.port, `/?${token}`, { Host })).headers['set-cookie']).toBeUndefined()
    }
    expect(await ask(host.port, '/', { ...cookie, Host: `localhost:${host.port}` })).toMatchObject({
      status: 200,
    })
  })

  test('other methods need the own Origin and are then told that there is nothing to do', async () => {
    const cookie = await inside()
    expect(await ask(host.port, '/', { ...cookie, Origin: 'https://attacker.example' }, 'POST')).toMatchObject({ status: 403 }) // prettier-ignore
    expect(await ask(host.port, '/', cookie, 'DELETE')).toMatchObject({ status: 403 })
    expect(await ask(host.port, '*', cookie, 'OPTIONS')).toMatchObject({ status: 403 })
    const Origin = `http://${own()}`
    expect(await ask(host.port, '/', { ...cookie, Origin }, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } }) // prettier-ignore
  })

  test('no path leaves the page, however it is written', async () => {
    const cookie = await inside()
    const paths = [
      '/../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/..\\..\\secret.html', '//secret.html',
      '/./../../etc/passwd', '/%00', '/index.html%00.js', '/constructor', '/__proto__', `http://${own()}/secret.html`,
    ] // prettier-ignore
    for (const path of paths) {
      const got = await ask(host.port, path, cookie)
      expect([path, got.status]).toEqual([path, got.status === 403 ? 403 : 404])
      expect(got.body).not.toContain('outside')
    }
  })
})

describe('the socket', () => {
  test('with session and own Origin it speaks rpc', async () => {
    const socket = await upgrade(rpc(), { ...(await inside()), Origin: `http://${own()}` })
    if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`)
    socket.send(JSON.stringify({ v: 1, t: 'call', id: 1, name: 'app.info', input: {} }))
    const [data]: unknown[] = await once(socket, 'message')
    expect(JSON.parse(String(data))).toEqual({ v: 1, t: 'result', id: 1, value: info })
    socket.terminate()
  })

  test('without session, Origin or Host of its own it does not open', async () => {
    const cookie = await inside()
    const Origin = `http://${own()}`
    expect(await upgrade(rpc(), { Origin })).toBe(403)
    expect(await upgrade(rpc(), cookie)).toBe(403)
    expect(await upgrade(rpc(), { ...cookie, Origin: 'https://attacker.example' })).toBe(403)
    expect(await upgrade(rpc(), { ...cookie, Origin: `http://localhost:${host.port}` })).toBe(403)
    expect(await upgrade(rpc(), { ...cookie, Origin: 'null' })).toBe(403)
    const Host = 'attacker.example'
    expect(await upgrade(rpc(), { ...cookie, Host, Origin: `http://${Host}` })).toBe(403)
    expect(await upgrade(`ws://${own()}/other`, { ...cookie, Origin })).toBe(404)
  })

  test('an oversized frame closes the socket and nothing else', async () => {
    const headers = { ...(await inside()), Origin: `http://${own()}` }
    const socket = await upgrade(rpc(), headers)
    if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`)
    socket.send('x'.repeat(10_001))
    const [code]: unknown[] = await once(socket, 'close')
    expect(code).toBe(1009)
    const next = await upgrade(rpc(), headers)
    expect(next).toBeInstanceOf(WebSocket)
    if (next instanceof WebSocket) next.terminate()
  })

  test('what a handler did not foresee is logged here and not told there', async () => {
    const socket = await upgrade(rpc(), { ...(await inside()), Origin: `http://${own()}` })
    if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`)
    socket.send(JSON.stringify({ v: 1, t: 'call', id: 1, name: 'inbox.get', input: { id: 'x' } }))
    const [data]: unknown[] = await once(socket, 'message')
    expect(String(data)).not.toContain('hunter2')
    expect(logged).toEqual(['error inbox.get failed'])
    socket.terminate()
  })

  test('more sockets than the limit are turned away', async () => {
    const headers = { ...(await inside()), Origin: `http://${own()}` }
    const sockets = []
    for (let number = 1; number <= 32; number++) sockets.push(await upgrade(rpc(), headers))
    expect(await upgrade(rpc(), headers)).toBe(503)
    for (const socket of sockets) if (socket instanceof WebSocket) socket.terminate()
  })
})

test('a port that is taken is said in words', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const content = { answer: () => {} }
  const start = startWebHost({ handlers: {}, content, log: () => {}, port: address.port })
  await expect(start).rejects.toThrow(`--port ${address.port}: another program listens there.`)
  other.close()
})

test('a connection that the system cannot take is logged, and ends nothing', async () => {
  const listening = vi.spyOn(Server.prototype, 'listen')
  const content = await pageContent(await makePage())
  const log = (level: string, message: string): void => void logged.push(`${level} ${message}`)
  const other = await startWebHost({ handlers: {}, content, log })
  const server = listening.mock.contexts[0]
  listening.mockRestore()
  if (!(server instanceof Server)) throw new Error('nothing listens')
  server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  expect(logged).toEqual(['warn A connection was not taken'])
  expect((await ask(other.port, '/')).status).toBe(403)
  await other.stop()
})
