import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { handshake, type HandshakeOptions } from '#engine/dialogue/handshake.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const now = () => new Date()

async function shake(server: TestServer, more: Partial<HandshakeOptions> = {}) {
  open.push(server)
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const result = await handshake(socket, {
    name: 'localhost',
    certificate: 'check',
    timeout: 5000,
    now,
    journal,
    ...more,
  })
  if (result.ok) result.socket.destroy()
  return { result, socket, events: hub.events(journal.session) }
}

test('what it agreed on is recorded whole', async () => {
  const { ca, pair } = await trusted()
  const { result, events } = await shake(await listen(says(''), pair), { ca })
  expect(result).toMatchObject({ ok: true, tls: { version: 'TLSv1.3', verified: true }, seq: 1 })
  expect(events).toMatchObject([
    {
      kind: 'tls',
      outcome: 'established',
      sni: 'localhost',
      verified: true,
      resumed: false,
      chain: [{}, {}],
    },
  ])
  expect(events[0]).toHaveProperty('group')
  expect(events[0]).toHaveProperty('cipher', expect.stringMatching(/^TLS_/))
})

test('an address is no SNI, but is checked', async () => {
  const { ca, pair } = await trusted()
  const { result, events } = await shake(await listen(says(''), pair), { ca, name: '127.0.0.1' })
  expect(result.ok).toBe(true)
  expect(events[0]).not.toHaveProperty('sni')
})

test('refused before anything is sent, with each fault; accepted when told to; aside without findings', async () => {
  const pair = await selfSigned()
  const refused = await shake(await listen(says(''), pair))
  expect(refused.result).toMatchObject({ ok: false, reason: 'refused' })
  expect(refused.socket.destroyed).toBe(true)
  expect(refused.events.map((event) => event.kind)).toEqual(['tls', 'finding', 'finding'])
  expect(refused.events[0]).toMatchObject({
    outcome: 'failed',
    fault: { code: 'not-verified' },
    verified: false,
  })
  const accepted = await shake(await listen(says(''), pair), { certificate: 'accept' })
  expect(accepted.result.ok).toBe(true)
  const aside = await shake(await listen(says(''), pair), { certificate: 'accept', aside: true })
  expect(aside.events.map((event) => event.kind)).toEqual(['tls'])
})

test('the answer in clear is kept as evidence', async () => {
  const { result, events } = await shake(await listen(says('220 mx ESMTP\r\n')))
  expect(result).toMatchObject({ ok: false, reason: 'failed' })
  expect(events).toMatchObject([
    { kind: 'tls', fault: { code: 'plain-answer' } },
    { kind: 'reply', raw: '220 mx ESMTP\r\n' },
  ])
})

test('too late, and cancelled', async () => {
  const late = await shake(await listen(says('')), { timeout: 20 })
  expect(late.events).toMatchObject([{ fault: { code: 'timeout' } }])
  const cancelled = await shake(await listen(says('')), { signal: AbortSignal.abort() })
  expect(cancelled.result).toMatchObject({ ok: false, reason: 'cancelled' })
})

test('a certificate for another name that is as good', async () => {
  const { ca, pair } = await trusted()
  const names = { ca, name: 'mail.example' }
  expect((await shake(await listen(says(''), pair), names)).result).toMatchObject({
    ok: false,
    reason: 'refused',
  })
  const good = await shake(await listen(says(''), pair), {
    ...names,
    otherNames: ['mx.example', 'localhost'],
  })
  expect(good.result).toMatchObject({ ok: true, tls: { verified: true } })
})

test('a proof decides instead of authorities and names', async () => {
  const pair = await selfSigned()
  const seen: number[] = []
  const prove = (chain: readonly Uint8Array[]) => (seen.push(chain.length), null)
  const good = await shake(await listen(says(''), pair), { prove })
  expect(good.result).toMatchObject({ ok: true, tls: { verified: true } })
  expect([seen, good.events.map(({ kind }) => kind)]).toEqual([[1], ['tls']])
  const bad = await shake(await listen(says(''), pair), { prove: () => 'it is of another key' })
  expect(bad.result).toMatchObject({
    ok: false,
    reason: 'refused',
    message: expect.stringContaining('another key'),
  })
  expect(bad.events.at(-1)).toMatchObject({ kind: 'finding', code: 'dane-mismatch', severity: 'error' })
})
