/** Owns: an HTTP API on a port of its own with a hub and a store in memory, and saying raw octets to it. */
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { ApiServer, type ApiServerDeps } from '#engine/httpApi/apiServer.ts'
import { Bodies } from '#engine/httpApi/body.ts'
import { Credentials } from '#engine/httpApi/credentials.ts'
import { Rate } from '#engine/httpApi/rate.ts'
import { fakeHub, fakeStore } from '../server/fakes.ts'
import { systemClock } from '../server/place.ts'

export const key = 'k3y-of-the-api'

export async function openApi(change: Partial<ApiServerDeps> = {}) {
  const [hub, store] = [fakeHub(), fakeStore()]
  const logged: string[] = []
  let kept = 0
  const credentials = new Credentials(key)
  const server = new ApiServer(
    {
      hub: hub.hub,
      store: store.store,
      clock: systemClock,
      log: (_level, message, fields) => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`),
      credentials: () => credentials,
      bodies: new Bodies(),
      rate: new Rate(
        () => 0,
        () => 0,
      ),
      kept: () => void kept++,
      ...change,
    },
    null,
  )
  await server.listen(0)
  onTestFinished(() => server.close())
  return { server, port: server.port, hub, store, logged, kept: () => kept }
}

/** Says the octets, and gives all that was answered until the other side closed. `ends`: closes its own side behind them. */
export function sayRaw(port: number, octets: string, ends = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    let answer = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end; so far ${answer}`)))
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(Buffer.from(octets, 'latin1'))
    if (ends) socket.end()
  })
}

const basic = `Basic ${Buffer.from(`api:${key}`).toString('base64')}`

/** A request to the form API as octets. */
export const formRequest = (body: string, fields = '', path = '/v3/example.com/messages'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic}\r\nContent-Type: application/x-www-form-urlencoded\r\n${fields}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
