import { expect, it } from 'vitest'
import { responseText } from '#engine/httpApi/exchange.ts'
import { StoreError } from '#engine/store/types.ts'
import { formRequest, openApi, sayRaw } from '#test/support/httpApi/api.ts'

const good = formRequest('from=a%40x.test&to=b%40y.test&cc=c%40y.test&bcc=d%40y.test&subject=Hi&text=Hello')

it('keeps what was posted as a message, its envelope with everybody', async () => {
  const { port, store } = await openApi()
  await sayRaw(port, good)
  expect(store.contents[1]?.message).toMatchObject({
    mailFrom: 'a@x.test',
    rcptTo: ['b@y.test', 'c@y.test', 'd@y.test'],
    sealed: false,
  })
  const text = Buffer.from(store.bytesOf(1)).toString()
  expect(text).toMatch(/^To: b@y\.test\r$/im)
  expect(text).not.toContain('d@y.test')
})

it('promises nothing that is not on disk', async () => {
  const { port, store, kept } = await openApi()
  store.how.fault = new StoreError('full', 'full')
  const answer = await sayRaw(port, good)
  expect(answer).toMatch(/^HTTP\/1\.1 503 /)
  expect(answer).toContain('disk is full')
  expect(kept()).toBe(0)
})

const waits = (octets: string) => octets.replace('Host: x', 'Host: x\r\nExpect: 100-continue')

it('asks for the body only where it will read it', async () => {
  const { port } = await openApi()
  expect(await sayRaw(port, waits(good))).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  expect(await sayRaw(port, waits(good).replace('Basic ', 'Basic x'))).toMatch(/^HTTP\/1\.1 401 /)
})

it('writes a response as it stands on the wire', () => {
  expect(responseText(200, { A: 'b' }, '{"ä":1}')).toBe('HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"Ã¤":1}')
})
