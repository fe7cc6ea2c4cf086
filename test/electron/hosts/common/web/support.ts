/** What the web host's tests share: a page, raw requests whose every header the test chooses, and sockets. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { WebSocket } from 'ws'

const made: string[] = []
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true })
})

/** The folder of a built page, with a secret beside it; gone after the file's tests. */
export async function makePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relayscope-page-'))
  made.push(folder)
  await mkdir(join(folder, 'out/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.html'), 'outside')
  await writeFile(join(folder, 'out/index.html'), '<title>The page</title>')
  await writeFile(join(folder, 'out/assets/app-12345678.js'), '1')
  return join(folder, 'out')
}

export interface Got {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Sends `path` exactly as it is: no client tidies it up. */
export function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** The Cookie header that an address gives. */
export async function enter(address: string): Promise<string> {
  const url = new URL(address)
  const got = await ask(Number(url.port), url.pathname + url.search)
  return got.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** How an upgrade ends: the open socket, or the status of the refusal. */
export function upgrade(url: string, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (sent, response) => {
      resolve(response.statusCode ?? 0)
      sent.destroy()
    })
    socket.on('error', reject)
  })
}
