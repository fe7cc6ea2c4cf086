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
  [{ policy: 'unreachable' }, ['mta-sts-broken warning']],
  [{ record: 'several' }, ['mta-sts-broken warning']],
  [{ record: 'none' }, []],
  [{ mode: 'none' }, []],
])('%j: %j', (more, found) => {
  expect(codes(more)).toEqual(found)
})

test('what is wrong is named', () => {
  expect(judge({ policy: 'invalid', problem: 'max_age is missing' })[0]!.message).toContain(
    '(max_age is missing)',
  )
  expect(judge({ mx: ['mx.other.example'] })[0]!.message).toContain('mx.other.example')
})
