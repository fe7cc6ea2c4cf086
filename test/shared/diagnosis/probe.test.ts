import { expect, test } from 'vitest'
import { diagnoseProbe } from '#shared/diagnosis/probe.ts'
import { attempt, daneFacts, facts, stsFacts } from '#test/support/diagnosis/facts.ts'

test('a host where all is well: what is good, and the recommendation last', () => {
  const all = facts({
    attempts: [25, 465, 587].map((port) => attempt(port)),
    dane: [daneFacts()],
    mtaSts: stsFacts(),
  })
  const found = diagnoseProbe(all)
  expect(found.map(({ code }) => code)).toEqual(['dane-ok', 'mta-sts-ok', 'recommended-port'])
  for (const { severity, evidence, proof } of found) {
    expect(severity).toBe('good')
    expect(evidence).toEqual(proof[0]!.events)
  }
  expect(diagnoseProbe(all)).toEqual(found)
})

test('nothing known, nothing said', () => {
  expect(diagnoseProbe(facts())).toEqual([])
})
