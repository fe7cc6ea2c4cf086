import { expect, test } from 'vitest'
import type { DaneFacts, DnsSecurity } from '#shared/diagnosis/facts.ts'
import { dane } from '#shared/diagnosis/probe/dane.ts'
import { daneFacts, facts, proof } from '#test/support/diagnosis/facts.ts'

const judge = (more: Partial<DaneFacts>) =>
  dane(facts({ dane: [daneFacts(more)] })).map(({ code, severity }) => `${code} ${severity}`)
const record = { usage: 3, selector: 1, matching: 1, matches: false }

test.each<[Partial<DaneFacts>, string[]]>([
  [{}, ['dane-ok good']],
  [{ records: [record] }, ['dane-mismatch error']],
  [{ records: [record, { ...record, usage: 2, matches: true }] }, ['dane-ok good']],
  [{ records: [{ ...record, usage: 1, matches: true }] }, ['dane-mismatch warning']],
  [{ starttls: false }, ['dane-mismatch error']],
  [{ security: 'insecure' }, ['dane-insecure-dns warning']],
  [{ security: 'unproven' }, ['dane-insecure-dns info']],
  [{ security: 'bogus' }, ['dane-insecure-dns error']],
  [{ records: [] }, []],
  [{ port: 465 }, []],
])('%j: %j', (more, found) => {
  expect(judge(more)).toEqual(found)
})

test('a host that an unsecured MX record names is as safe as that record', () => {
  const domain = { domain: 'example.org', mx: 'found', hosts: [], hasAddress: true, proof: proof() } as const
  const said = (security: DnsSecurity) => dane(facts({ dane: [daneFacts()], domain: { ...domain, security } }))[0]! // prettier-ignore
  expect(said('secure').message).not.toContain('MX record')
  expect(said('insecure')).toMatchObject({ code: 'dane-ok', message: expect.stringContaining('MX record that names this host is not secured') }) // prettier-ignore
})

const said = (...records: DaneFacts['records']) => dane(facts({ dane: [daneFacts({ records })] }))[0]!.message // prettier-ignore

test('one record is no plural', () => {
  expect(said(record)).toMatch(/^The usable TLSA record of mx\.example\.org does not match/)
  expect(said(record, { ...record, usage: 2 })).toMatch(/^None of the 2 usable/)
})

test('STARTTLS that is offered and fails is not STARTTLS that is missing', () => {
  const [failed] = dane(facts({ dane: [daneFacts({ sealed: false })] }))
  expect(failed).toMatchObject({ code: 'dane-mismatch', severity: 'error' })
  expect(failed!.message).toContain('offers STARTTLS, but TLS cannot be made')
  const [missing] = dane(facts({ dane: [daneFacts({ starttls: false, sealed: false })] }))
  expect(missing!.message).toContain('it offers no STARTTLS')
})
