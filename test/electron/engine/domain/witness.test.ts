import { afterEach, expect, test } from 'vitest'
import { bits, cname, codes, mx, tlsa, withCode, zone } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns } from '#test/support/dns/domainRun.ts'

afterEach(stopDns)
const records = [mx('x.test', 10, 'mx.x.test'), cname('_25._tcp.mx.x.test', 'd.x.test'), tlsa('d.x.test', 3, 1, 1, Uint8Array.of(171, 205))] // prettier-ignore

test('each answer is an event that names the question, the server, the time and the records', async () => {
  const { witness, events, dns } = await domainRun(records)
  const { seq, security, result } = await witness.ask('_25._tcp.mx.x.test', 'TLSA')
  expect([security, result.outcome, seq]).toEqual(['unproven', 'answers', 1])
  const [event] = events()
  expect(event).toMatchObject({ kind: 'remark', phase: 'dns', direction: 'none', understood: true })
  const text = event?.kind === 'remark' ? event.text.replace(/[\d.]+ ms/, 'T ms') : ''
  expect(text).toBe(`TLSA _25._tcp.mx.x.test, asked of ${dns.server}, T ms\nalias of d.x.test\n3 1 1 abcd`)
})
test('failures are events too', async () => {
  const none = await domainRun(records)
  const { seq } = await none.witness.ask('y.test', 'MX')
  expect(none.said([seq])[0]).toMatch(/^MX y\.test, asked of .* ms: there is no such name$/)
  const broken = await domainRun(() => withCode(codes.serverFailure))
  const failed = await broken.witness.ask('y.test', 'MX')
  expect(broken.said([failed.seq])[0]).toMatch(/the name server failed: It says SERVFAIL\.$/)
})
test('the proof is in order', async () => {
  const { witness } = await domainRun([])
  expect(witness.proof(3, 1, 2)).toEqual({ session: 'session-1', events: [1, 2, 3] })
})

const secured = zone(records, bits.authentic)
test.each([
  ['AD from a resolver called validating', true, secured, 'secure'],
  ['AD from any other', false, secured, 'unproven'],
  ['no AD from a resolver called validating', true, zone(records), 'insecure'],
  ['no AD from any other', false, zone(records), 'unproven'],
  ['an answer only without checks', true, (asked, count) => (asked.bits.unchecked ? zone(records)(asked, count) : withCode(codes.serverFailure)), 'bogus'],
  ['no answer at all', true, () => withCode(codes.serverFailure), 'unproven'],
  ['a refusal', true, () => withCode(codes.refused), 'unproven'],
] satisfies [string, boolean, Parameters<typeof domainRun>[0], string][])('%s', async (_, validating, script, security) => {
  const { witness } = await domainRun(script, { validating })
  expect(await witness.ask('x.test', 'MX')).toMatchObject({ security })
}) // prettier-ignore
test('a resolver that is not called validating is not asked for signatures', async () => {
  const { witness, dns } = await domainRun(secured)
  await witness.ask('x.test', 'MX')
  expect(dns.asked).toMatchObject([{ bits: { dnssec: false, authentic: false } }])
})
test('a hostile answer of any size fits into its event', async () => {
  const many = Array.from({ length: 180 }, (_, i) =>
    mx('x.test', i, `${'y'.repeat(60)}.${'z'.repeat(60)}.${i}.x.test`),
  )
  const { witness, events } = await domainRun(({ transport }) => transport === 'udp' ? { flags: bits.truncated } : { answers: many }) // prettier-ignore
  await witness.ask('x.test', 'MX')
  expect(events()).toHaveLength(1)
})
