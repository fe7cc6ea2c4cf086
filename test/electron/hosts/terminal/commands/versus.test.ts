import { expect, test } from 'vitest'
import { VersusRequest, type VersusSide } from '#shared/rpc/contract/versus.ts'
import { engineOf, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { versus, type VersusOptions } from '../../../../../electron/hosts/terminal/commands/versus.ts'

const options: VersusOptions = { messages: 2, rtt: 40, tls: 'implicit', tlsVersion: '1.2', pipelining: 'on', reuse: true, api: 'form', plainHttp: true, json: false } // prettier-ignore
const side = (change: Partial<VersusSide> = {}): VersusSide => ({
  session: 's', outcome: 'completed', messages: 2, connections: 1, handshakes: 1, roundTrips: 9, turns: 9, octetsOut: 10, octetsIn: 20, took: 90_000, first: 50_000,
  trips: [{ what: 'TCP connection', times: 1, seq: 1 }, { what: 'TLS 1.2 handshake', times: 2, seq: 2 }], ...change,
}) // prettier-ignore
const { message: _, ...plan } = VersusRequest.parse({ message: { from: 'a@b.test', to: [] } })
const client = (smtp: VersusSide) =>
  fakeClient({
    'versus.start': () => ({ ok: true, id: 'v' }),
    'versus.result': () => ({ plan, smtp, http: side({ roundTrips: 3 }), sentence: 'SMTP waited for 9.' }),
  })

test('the switches go to the engine, the figures to standard output', async () => {
  const [io, fake] = [keptIo(), client(side())]
  expect(await versus(options, io, engineOf(fake).withEngine)).toBe(0)
  expect(fake.calls[0]).toMatchObject(['versus.start', {
    messages: 2, roundTrip: 40, smtp: { pipelining: true, tls: 'implicit', tlsVersion: '1.2', reuse: true }, http: { api: 'form', tls: false, reuse: true },
  }]) // prettier-ignore
  expect(io.written).toMatch(/^SMTP waited for 9\.\n/)
  expect(io.written).toMatch(/^Round trips +9 +3$/m)
  expect(io.written).toContain('SMTP waited for: TCP connection | TLS 1.2 handshake (2)')
})

test('as JSON, and status 1 for a way that failed', async () => {
  const io = keptIo()
  const fake = client(side({ outcome: 'failed', problem: 'No.' }))
  expect(await versus({ ...options, json: true }, io, engineOf(fake).withEngine)).toBe(1)
  expect(JSON.parse(io.written)).toMatchObject({ smtp: { problem: 'No.' }, sentence: 'SMTP waited for 9.' })
})

test('status 2 for what cannot be used', async () => {
  const io = keptIo()
  const problems = [{ field: 'request', value: '', message: 'No more.' }]
  const fake = fakeClient({ 'versus.start': () => ({ ok: false, problems }) })
  expect(await versus(options, io, engineOf(fake).withEngine)).toBe(2)
  expect(io.said.join(' ')).toContain('No more.')
})
