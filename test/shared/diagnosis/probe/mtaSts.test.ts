import { expect, test } from 'vitest'
import type { MtaStsFacts } from '#shared/diagnosis/facts.ts'
import { mtaSts } from '#shared/diagnosis/probe/mtaSts.ts'
import { facts, stsFacts } from '#test/support/diagnosis/facts.ts'

const judge = (more: Partial<MtaStsFacts>) => mtaSts(facts({ mtaSts: stsFacts(more) }))
const codes = (more: Partial<MtaStsFacts>) => judge(more).map(({ code, severity }) => `${code} ${severity}`)

test.each<[Partial<MtaStsFacts>, string[]]>([
  [{}, ['mta-sts-ok good']],
  [{ mode: 'testing' }, ['mta-sts-ok good']],
  [{ mx: ['mx.other.example'] }, ['mta-sts-mismatch error']],
  [{ mx: ['a.b.example.org'] }, ['mta-sts-mismatch error']],
  [{ mx: ['mx.other.example'], mode: 'testing' }, ['mta-sts-mismatch warning']],
  [{ failing: [{ host: 'mx.example.org', why: 'no STARTTLS' }] }, ['mta-sts-mismatch error']],
  [{ untested: ['mx.example.org'] }, ['mta-sts-ok info']],
  [{ mx: ['mx.example.org', 'b.example.org'], untested: ['b.example.org'] }, ['mta-sts-ok good']],
  [{ policy: 'unreachable' }, ['mta-sts-broken warning']],
  [{ record: 'several' }, ['mta-sts-broken warning']],
  [{ record: 'none' }, []],
  [{ mode: 'none' }, []],
])('%j: %j', (more, found) => {
  expect(codes(more)).toEqual(found)
})

test('what nobody reached is not said to keep anything', () => {
  const some = judge({ mx: ['mx.example.org', 'b.example.org'], untested: ['b.example.org'] })[0]!
  expect(some.message).toMatch(/^Every MX of example\.org that greeted on port 25 .*b\.example\.org could not be tested/)
  const none = judge({ untested: ['mx.example.org'] })[0]!
  expect(none).toMatchObject({ confidence: 'possible' })
  expect(none.message).toContain('none of them greeted on port 25 in this test')
}) // prettier-ignore

test('what is wrong is named', () => {
  expect(judge({ policy: 'invalid', problem: 'max_age is missing' })[0]!.message).toContain(
    '(max_age is missing)',
  )
  expect(judge({ mx: ['mx.other.example'] })[0]!.message).toContain('mx.other.example')
})
