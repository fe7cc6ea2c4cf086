import { expect, test } from 'vitest'
import { proved } from '#shared/diagnosis/probe/proved.ts'

const words = { side: 'server', confidence: 'certain', message: 'm.', next: 'n.' } as const

test('one entry for each session, numbers in order; the first is the evidence', () => {
  const made = proved('host-down', [{ session: 'a', events: [4, 2] }, { session: 'b', events: [1] }, { session: 'a', events: [2, 3] }], words) // prettier-ignore
  expect(made).toMatchObject({ code: 'host-down', evidence: [2, 3, 4] })
  expect(made.proof).toEqual([{ session: 'a', events: [2, 3, 4] }, { session: 'b', events: [1] }]) // prettier-ignore
  expect(proved('host-down', [], words).evidence).toEqual([])
})
