import { resolve } from 'node:path'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveContent, type LiveContent } from '../../../../electron/hosts/launcher/liveContent.ts'
import { startWebHost, type WebHost } from '../../../../electron/hosts/common/web/webHost.ts'
import { ask, enter, upgrade } from '../common/web/support.ts'

let content: LiveContent
let host: WebHost
beforeAll(async () => {
  content = await liveContent(resolve(import.meta.dirname, '../../../..'))
  host = await startWebHost({ handlers: {}, content, log: () => {} })
})
afterAll(async () => {
  await host.stop()
  await content.stop()
})

test('sources are behind the door like the built page', async () => {
  expect((await ask(host.port, '/')).status).toBe(403)
  expect((await ask(host.port, '/app/main.tsx')).status).toBe(403)
  const cookie = { Cookie: await enter(host.newAddress()) }
  const page = await ask(host.port, '/', cookie)
  expect(page).toMatchObject({ status: 200, body: expect.stringContaining('/@vite/client') })
  expect(page.headers['content-security-policy']).toContain("script-src 'self' 'unsafe-inline'")
  expect((await ask(host.port, '/app/port.ts', cookie)).body).toContain('findPort')
  expect((await ask(host.port, '/@fs/etc/passwd', cookie)).status).toBe(403)
})

test('live reload goes through the same checks', async () => {
  const Cookie = await enter(host.newAddress())
  const client = (await ask(host.port, '/@vite/client', { Cookie })).body
  const token = /wsToken = "([\w-]+)"/.exec(client)?.[1] ?? ''
  const url = `ws://127.0.0.1:${host.port}/?token=${token}`
  const headers = { Cookie, Origin: `http://127.0.0.1:${host.port}`, 'Sec-WebSocket-Protocol': 'vite-hmr' }
  const { Cookie: _left, ...outside } = headers
  expect(await upgrade(url, outside)).toBe(403)
  expect(await upgrade(url, { ...headers, Origin: 'https://attacker.example' })).toBe(403)
  const socket = new WebSocket(url, 'vite-hmr', { headers: { Cookie, Origin: headers.Origin } })
  const first = await new Promise((done, fail) => {
    socket.on('message', (data: Buffer) => done(data.toString()))
    socket.on('error', fail)
  })
  expect(first).toContain('connected')
  socket.terminate()
})
