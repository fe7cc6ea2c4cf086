import { expect, test } from 'vitest'
import { codesOf, connected, diagnose, hello, later } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('named, the slowest first, at most three', () => {
  const parts = [connected({ took: 4_000_000 }), ...open.slice(1), 'C: NOOP', later(12_000, 'S: 250 ok'), 'C: RSET', later(7000, 'S: 250 ok')] // prettier-ignore
  const [found] = diagnose(parts)
  expect(found).toMatchObject({
    code: 'slow-phase',
    phase: 'other',
    side: 'unknown',
    evidence: [1, 5, 6, 7, 8],
  })
  expect(found!.message).toBe('Slow: the answer to NOOP took 12 s; the answer to RSET took 7 s; the TCP connection took 4 s.') // prettier-ignore
})

test('what a person held is not the server’s time; the end of content has longer', () => {
  const wait = { kind: 'wait', phase: 'other', direction: 'none', why: 'gate', took: 60_000_000 } as const
  expect(codesOf([...open, 'C: NOOP', later(60_000, wait), 'S: 250 ok'])).toEqual([])
  const send = [...hello(), 'C: DATA', 'S: 354 go', 'C: .', later(15_000, 'S: 250 kept')]
  expect(codesOf(send, { tls: 'none' })).toEqual(['accepted'])
})

test('an import without times is never slow', () => {
  expect(codesOf([...open, 'C: NOOP', later(0, 'S: 250 ok')])).toEqual([])
})
