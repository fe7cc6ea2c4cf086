import { afterEach, expect, test } from 'vitest'
import { readTlsReporting } from '#engine/domain/tlsReporting.ts'
import { codes, txt, withCode } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns } from '#test/support/dns/domainRun.ts'

afterEach(stopDns)
const read = async (...texts: string[]) =>
  readTlsReporting('x.test', (await domainRun(texts.map((text) => txt('_smtp._tls.x.test', text)))).witness)

test.each([
  // RFC 8460 §3.1 and §3.1.1
  ['v=TLSRPTv1;rua=mailto:reports@example.com', ['mailto:reports@example.com']],
  ['v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt', ['https://reporting.example.com/v1/tlsrpt']],
  ['v=TLSRPTv1; rua=mailto:a@x.test,https://r.x.test/', ['mailto:a@x.test', 'https://r.x.test/']],
])('%s', async (text, reports) => {
  expect(await read(text)).toMatchObject({ record: 'found', reports })
})
test.each([
  ['v=TLSRPTv1;', 'it names no place for reports (rua)'],
  ['v=TLSRPTv1; rua=reports@example.com', '“reports@example.com” is neither mailto: nor https:'],
  ['v=TLSRPTv1; rua=http://x.test/', '“http://x.test/” is neither mailto: nor https:'],
  ['v=TLSRPTv1; rua', '“rua” is not of the form name=value'],
])('%s is invalid', async (text, problem) => {
  expect(await read(text)).toMatchObject({ record: 'invalid', problem, reports: [] })
})
test('none, several, nobody answers', async () => {
  expect(await read()).toMatchObject({ record: 'none', proof: { events: [1] } })
  expect(await read('v=spf1 -all')).toMatchObject({ record: 'none' })
  expect(await read('v=TLSRPTv1; rua=mailto:a@b', 'v=TLSRPTv1; rua=mailto:c@d')).toMatchObject({ record: 'several' }) // prettier-ignore
  const failing = await domainRun(() => withCode(codes.refused))
  expect(await readTlsReporting('x.test', failing.witness)).toMatchObject({ record: 'unanswered' })
})
