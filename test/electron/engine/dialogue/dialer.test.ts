import { expect, test } from 'vitest'
import { dial, handshakeOptions, tryImplicitTls, type DialTarget } from '#engine/dialogue/dialer.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, says } from '#test/support/dialogue/scriptedServer.ts'

const deps = () => {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  return { journal, now: () => new Date() }
}
const target = (port: number, more: Partial<DialTarget> = {}): DialTarget => ({
  host: '127.0.0.1',
  port,
  tls: 'none',
  certificate: 'check',
  family: 0,
  timeouts: { connect: 2000 },
  ...more, // prettier-ignore
})

test('clear and implicit TLS', async () => {
  const clear = await listen(says(''))
  const plain = await dial(target(clear.port), deps())
  expect(plain).toMatchObject({ ok: true, local: '127.0.0.1', address: { family: 4 } })
  if (plain.ok) plain.connection.destroy()
  await clear.close()
  const { ca, pair } = await trusted()
  const sealed = await listen(says(''), pair)
  const secure = await dial(target(sealed.port, { tls: 'implicit', ca }), deps())
  expect(secure).toMatchObject({ ok: true, tls: { verified: true }, connection: { sealed: true } })
  if (secure.ok) secure.connection.destroy()
  await sealed.close()
})

test('each phase that fails is named', async () => {
  const none = await dial(target(1, { host: 'a.invalid' }), { ...deps(), lookup: async () => [] })
  expect(none).toMatchObject({ ok: false, phase: 'dns' })
  const gone = await listen(says(''))
  await gone.close()
  expect(await dial(target(gone.port), deps())).toMatchObject({ ok: false, phase: 'tcp' })
  const plain = await listen(says('220 mx\r\n'))
  expect(await dial(target(plain.port, { tls: 'implicit' }), deps())).toMatchObject({
    ok: false,
    phase: 'tls',
  })
  await plain.close()
  const cancelled = await dial(target(1), { ...deps(), signal: AbortSignal.abort() })
  expect(cancelled).toMatchObject({ ok: false, how: 'cancelled' })
})

test('the reference name is the one typed, as A-labels and without brackets', () => {
  expect(handshakeOptions(target(1, { host: 'bücher.example' }), deps()).name).toBe('xn--bcher-kva.example')
  expect(handshakeOptions(target(1, { host: '[::1]' }), deps()).name).toBe('::1')
  expect(handshakeOptions(target(1, { serverName: 'mx.example' }), deps()).name).toBe('mx.example')
})

test('a trial accepts any certificate and stands aside', async () => {
  const { pair } = await trusted()
  const server = await listen(says(''), pair)
  const own = deps()
  const tried = await tryImplicitTls({ address: '127.0.0.1', family: 4 }, target(server.port), own)
  expect(tried).toMatchObject({ handshake: { ok: true }, evidence: [1, 2] })
  expect(own.journal.events).toEqual([])
  if (tried?.handshake.ok) tried.handshake.socket.destroy()
  await server.close()
})

test('known addresses are dialled without a look-up', async () => {
  const server = await listen(says(''))
  const own = deps()
  const addresses = [{ address: '127.0.0.1', family: 4 }] as const
  const made = await dial(target(server.port, { host: 'mx.invalid', addresses }), own)
  expect(made).toMatchObject({ ok: true, address: { address: '127.0.0.1' } })
  expect(own.journal.events.map(({ kind }) => kind)).toEqual(['connect'])
  if (made.ok) made.connection.destroy()
  await server.close()
})
