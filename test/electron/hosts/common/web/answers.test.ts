import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { answer, closedDoor } from '../../../../../electron/hosts/common/web/answers.ts'

test('answers whole, with length and security headers; HEAD without the body', async () => {
  const server = createServer((request, response) =>
    answer(
      request,
      response,
      { 'default-src': "'none'" },
      { status: 403, type: 'text/html', body: closedDoor },
    ),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const url = `http://127.0.0.1:${address.port}/`
  const got = await fetch(url)
  expect(await got.text()).toBe(closedDoor)
  expect(got.headers.get('content-security-policy')).toBe("default-src 'none'")
  const head = await fetch(url, { method: 'HEAD' })
  expect(head.headers.get('content-length')).toBe(String(closedDoor.length))
  expect(await head.text()).toBe('')
  server.close()
  server.closeAllConnections()
})
