import type { Answer } from 'dns-packet'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readMtaSts } from '#engine/domain/mtaSts.ts'
import { mtaSts } from '#shared/diagnosis/probe/mtaSts.ts'
import { facts } from '#test/support/diagnosis/facts.ts'
import { a, cname, codes, txt, withCode } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns } from '#test/support/dns/domainRun.ts'
import { plainText, startPolicyServer, type PolicyServer } from '#test/support/dns/policyServer.ts'

const good = 'version: STSv1\nmode: enforce\nmx: *.x.test\nmax_age: 86400\n'
let server: PolicyServer
beforeAll(async () => {
  server = await startPolicyServer('mta-sts.x.test')
})
afterAll(() => server.stop())
afterEach(stopDns)

async function read(script: Answer[] | Parameters<typeof domainRun>[0], policy = good) {
  server.answer = plainText(policy)
  server.asked.length = 0
  const { witness, signal } = await domainRun(script)
  const { port, ca } = server
  return readMtaSts('x.test', ['mx.x.test'], { port, ca, timeout: 5000, now: () => new Date(), signal }, witness) // prettier-ignore
}
const record = (text: string): Answer[] => [txt('_mta-sts.x.test', text), a('mta-sts.x.test', '127.0.0.1')]
const codesOf = (sts: Awaited<ReturnType<typeof readMtaSts>>): string[] => mtaSts(facts({ mtaSts: sts })).map(({ code }) => code) // prettier-ignore

test('record and policy', async () => {
  const found = await read(record('v=STSv1; id=1'))
  expect(found).toMatchObject({ record: 'found', policy: 'read', mode: 'enforce', patterns: ['*.x.test'], mx: ['mx.x.test'], failing: [] }) // prettier-ignore
  expect(found?.problem).toBeUndefined()
  expect(found?.proof.events).toHaveLength(6)
  expect(codesOf(found)).toEqual(['mta-sts-ok'])
  const strange = await read(record('v=STSv1; id=1'), good.replace('*.x.test', 'mx.y.test'))
  expect(codesOf(strange)).toEqual(['mta-sts-mismatch'])
})
test('the record may be an alias, as where somebody else runs it', async () => {
  const found = await read([cname('_mta-sts.x.test', 's.y.test'), txt('s.y.test', 'v=STSv1; id=2'), a('mta-sts.x.test', '127.0.0.1')]) // prettier-ignore
  expect(found).toMatchObject({ policy: 'read' })
})
test.each([
  ['no id', 'v=STSv1;', 'it needs an id of 1 to 32 letters and digits'],
  ['an id with a dash', 'v=STSv1; id=2026-01-01', 'it needs an id of 1 to 32 letters and digits'],
  ['no fields', 'v=STSv1; what', '“what” is not of the form name=value'],
])('%s: invalid, and nobody is contacted', async (_, text, problem) => {
  const found = await read(record(text))
  expect(found).toMatchObject({ record: 'invalid', problem })
  expect(codesOf(found)).toEqual(['mta-sts-broken'])
  expect(server.asked).toEqual([])
})
test('none and several: nobody is contacted', async () => {
  expect(await read([a('mta-sts.x.test', '127.0.0.1')])).toMatchObject({ record: 'none' })
  expect(await read([...record('v=STSv1; id=1'), ...record('v=STSv1; id=2')])).toMatchObject({ record: 'several' }) // prettier-ignore
  expect(server.asked).toEqual([])
})
test('a policy that cannot be read or had', async () => {
  expect(await read(record('v=STSv1; id=1'), 'mode: enforce')).toMatchObject({ policy: 'invalid', problem: 'it has no version' }) // prettier-ignore
  const gone = await read([txt('_mta-sts.x.test', 'v=STSv1; id=1')])
  expect(gone).toMatchObject({ policy: 'unreachable', problem: 'mta-sts.x.test has no address' })
  expect(codesOf(gone)).toEqual(['mta-sts-broken'])
})
test('nothing follows from a name server that fails', async () => {
  expect(await read(() => withCode(codes.serverFailure))).toBeUndefined()
})
