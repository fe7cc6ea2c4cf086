import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { Bodies, declaredTooLarge } from '#engine/httpApi/body.ts'

function requestOf(chunks: string[], whole = true): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  for (const chunk of chunks) request.push(Buffer.from(chunk))
  request.complete = whole
  request.push(null)
  return request
}

it('reads up to the limit, and no octet more', async () => {
  const bodies = new Bodies(5)
  expect(await bodies.read(requestOf(['he', 'llo']))).toEqual({ ok: true, body: Buffer.from('hello') })
  expect(await bodies.read(requestOf(['hello', '!']))).toMatchObject({ ok: false, refusal: { status: 413 } })
})

it('takes nothing of a client that left in between', async () => {
  expect(await new Bodies().read(requestOf(['he'], false))).toEqual({ ok: false, refusal: null })
})

it('refuses by the declared length alone', () => {
  const request = requestOf([])
  request.headers = { 'content-length': '11' }
  expect(declaredTooLarge(request, 10)).toMatchObject({ status: 413 })
  expect(declaredTooLarge(request, 11)).toBeNull()
})
