import { expect, test } from 'vitest'
import type { DaneFacts } from '#shared/diagnosis/facts.ts'
import { dane } from '#shared/diagnosis/probe/dane.ts'
import { daneFacts, facts } from '#test/support/diagnosis/facts.ts'

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
