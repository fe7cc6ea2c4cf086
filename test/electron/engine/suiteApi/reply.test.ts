import { EventEmitter } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { sendReply } from '#engine/suiteApi/reply.ts'
import type { Reply } from '#engine/suiteApi/route.ts'
import { portOf } from '#test/support/server/place.ts'

async function answerOf(reply: Reply, status?: number): Promise<Response> {
  const server = createServer((_request, response) => {
    sendReply(response, reply, status).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return fetch(`http://127.0.0.1:${portOf(server)}/`)
}

it('writes JSON with the fields that keep a browser from doing anything with it', async () => {
  const answer = await answerOf({ json: { a: 'ü' } }, 201)
  expect([answer.status, await answer.json()]).toEqual([201, { a: 'ü' }])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  })
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

it('writes octets in pieces, at the reader’s pace', async () => {
  const piece = Buffer.alloc(1 << 20, 'x')
  const answer = await answerOf({ octets: Array.from({ length: 8 }, () => piece), type: 'message/rfc822', length: 8 << 20 }) // prettier-ignore
  expect((await answer.bytes()).length).toBe(8 << 20)
  expect(answer.headers.get('content-length')).toBe(String(8 << 20))
})

it('leaves no listener behind, however many pieces wait for the reader', async () => {
  const response = Object.assign(new EventEmitter(), { destroyed: false, writeHead: () => {}, end: () => {}, write: () => false }) // prettier-ignore
  let most = 0
  response.write = () => {
    most = Math.max(most, response.listenerCount('drain') + response.listenerCount('close'))
    setImmediate(() => response.emit('drain'))
    return false
  }
  const octets = Array.from({ length: 30 }, () => Buffer.from('x'))
  await sendReply(response as unknown as ServerResponse, { octets, type: 'x/y' })
  expect([most, response.listenerCount('close')]).toEqual([0, 0])
})

async function* breaking() {
  yield Buffer.from('half')
  await Promise.resolve()
  throw new Error('the store is gone')
}

it('cuts an answer that breaks in the middle, instead of ending it', async () => {
  const answer = answerOf({ octets: breaking(), type: 'x/y', length: 100 })
  await expect(answer.then((one) => one.text())).rejects.toThrow()
})
