import { expect, test } from 'vitest'
import { readOutline } from '#renderer/flows/outline.ts'
import { toBase64 } from '#shared/bytes/bytes.ts'
import { roomServices } from '../../support/page/room.tsx'

const message = new TextEncoder().encode(`Subject: x\r\n\r\n${'line of text\r\n'.repeat(60_000)}`)

function served() {
  const services = roomServices()
  let calls = 0
  services.client.on('transcript.body', ({ from, size }) => {
    calls++
    return { base64: toBase64(message.subarray(from, from + size)), total: message.length }
  })
  return { services, calls: () => calls }
}

test('read in stretches, and the second time not at all', async () => {
  const { services, calls } = served()
  const stop = new AbortController()
  const outline = await readOutline(services, { session: 's', body: 1 }, stop.signal)
  expect(outline).toMatchObject({ read: message.length, total: message.length, more: 0 })
  expect(outline?.parts).toMatchObject([{ type: 'text/plain', size: 60_000 * 14 }])
  expect(calls()).toBe(4)
  await readOutline(services, { session: 's', body: 1 }, stop.signal)
  expect(calls()).toBe(4)
})

test('who went elsewhere is not read on for', async () => {
  const { services, calls } = served()
  const stop = new AbortController()
  stop.abort()
  expect(await readOutline(services, { session: 's', body: 2 }, stop.signal)).toBeNull()
  expect(calls()).toBe(1)
})
