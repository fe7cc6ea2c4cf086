import { afterAll, beforeAll, expect, it } from 'vitest'
import { Message, Summary } from '#engine/suiteApi/schemas.ts'
import { openSuite, type Suite } from '#test/support/suiteApi/suite.ts'

let suite: Suite
let id = ''
const octets = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256))
beforeAll(async () => {
  suite = await openSuite()
  const attachments = [{ filename: 'a file.bin', content: octets, contentType: 'text/html' }]
  await suite.send('Confirm', { html: '<a href="https://x.test/c?t=1">Confirm</a>', attachments })
  id = (await suite.ask('/messages')).json.items[0].id
})
afterAll(() => suite.stop())

it('reads a message whole', async () => {
  const { json } = await suite.ask(`/messages/${id}`)
  expect(Message.parse(json)).toEqual(json)
  expect(json).toMatchObject({
    id,
    subject: 'Confirm',
    links: [{ href: 'https://x.test/c?t=1', text: 'Confirm' }],
  })
})

it('gives the source as it came, and a part as it was', async () => {
  const { json } = await suite.ask(`/messages/${id}`)
  const source = await suite.ask(json.source)
  expect([source.status, source.type]).toEqual([200, 'message/rfc822'])
  expect(source.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.eml"$/)
  expect(source.text).toMatch(/^From: Shop <shop@x\.test>\r\n/)
  expect(source.text).toHaveLength(json.size)
  const part = json.parts.find(({ name }: { name: string }) => name === 'a file.bin')
  const answer = await fetch(`${suite.base}${part.href}`, {
    headers: { Authorization: `Bearer ${suite.token}` },
  })
  expect(Buffer.from(await answer.arrayBuffer()).equals(octets)).toBe(true)
  expect(answer.headers.get('content-disposition')).toBe('attachment')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
})

it('marks it', async () => {
  const body = JSON.stringify({ unread: false, starred: true })
  const { json } = await suite.ask(`/messages/${id}`, { method: 'PATCH', body })
  expect(Summary.parse(json)).toEqual(json)
  expect(json).toMatchObject({ id, unread: false, starred: true })
  expect(
    (await suite.ask(`/messages/${id}`, { method: 'PATCH', body: '{}' })).json.errors[0].message,
  ).toContain('name unread or starred')
})

it('says of what is not there that it is not', async () => {
  const body = JSON.stringify({ unread: false })
  for (const [path, init] of [
    ['/messages/none', {}],
    ['/messages/none', { method: 'PATCH', body }],
    ['/messages/none', { method: 'DELETE' }],
    ['/messages/none/source', {}],
    ['/messages/none/parts/1', {}],
    [`/messages/${id}/parts/9.9`, {}],
  ] as [string, RequestInit][])
    expect((await suite.ask(path, init)).json).toMatchObject({
      status: 404,
      type: '/api/v1/problems/not-found',
    })
})

it('deletes it, once', async () => {
  expect((await suite.ask(`/messages/${id}`, { method: 'DELETE' })).json).toEqual({ removed: 1 })
  expect((await suite.ask(`/messages/${id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await suite.ask(`/messages/${id}`)).status).toBe(404)
})
