import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffSteps, matters } from '#shared/transcript/diff/diff.ts'
import type { DiffRow, RowStatus } from '#shared/transcript/diff/types.ts'
import { stepsOf } from '#shared/transcript/diff/steps.ts'
import { anyDialogue, bye, hello, mail, script, sideOf } from './scripts.ts'

test('a transcript does not differ from itself, whatever is in it', () => {
  fc.assert(
    fc.property(anyDialogue, (lines) => {
      const diff = diffSteps(sideOf(lines), sideOf(lines))
      expect(diff.rows.flatMap(({ differences }) => differences)).toEqual([])
      expect(diff.verdict.kind).toBe('same')
      expect(matters(diff)).toBe(false)
    }),
  )
})
const turned: Record<RowStatus, RowStatus> = { same: 'same', different: 'different', left: 'right', right: 'left' } // prettier-ignore
const told = (row: DiffRow, mirror: boolean) => {
  const seq = (which: 'left' | 'right') => row[which]?.ranges[0]?.[0] ?? 0
  const [a, b] = mirror ? [seq('right'), seq('left')] : [seq('left'), seq('right')]
  const values = row.differences.map((one) => `${one.what} ${one.weight} ${mirror ? one.right : one.left} ${mirror ? one.left : one.right}`) // prettier-ignore
  return `${a}:${b} ${mirror ? turned[row.status] : row.status} ${row.weight} ${values.toSorted().join()}`
}
test('swapping the sides mirrors the result', () => {
  fc.assert(
    fc.property(anyDialogue, anyDialogue, (a, b) => {
      const [one, other] = [diffSteps(sideOf(a), sideOf(b)), diffSteps(sideOf(b), sideOf(a))]
      const rows = one.rows.map((row) => told(row, false))
      expect(other.rows.map((row) => told(row, true)).toSorted()).toEqual(rows.toSorted())
      expect(other.verdict.kind).toBe(one.verdict.kind)
      expect(other.counts.left).toBe(one.counts.right)
    }),
  )
})
const finding = (code: string, seq: number, evidence: number[]) => ({ kind: 'finding', session: 's1', seq, at: 0, phase: 'rcpt', direction: 'none', code, severity: 'error', side: 'server', confidence: 'certain', evidence, message: `Found ${code}.`, next: '' }) as const // prettier-ignore
test('findings of one side are told at their step, those of both are not', () => {
  const events = script([...hello, ...mail])
  const left = { steps: stepsOf([...events, finding('relay-denied', 90, [7]), finding('slow', 91, [1])]) }
  const right = { steps: stepsOf([...events, finding('slow', 90, [1])]) }
  const { rows } = diffSteps(left, right)
  expect(rows.filter(({ differences }) => differences.length > 0)).toMatchObject([{ name: 'RCPT', differences: [{ aspect: 'finding', left: 'Found relay-denied.', right: '' }] }]) // prettier-ignore
})
test('names tell repeated steps apart', () => {
  const { rows } = diffSteps(sideOf([...hello, ...hello.slice(1), ...mail]), sideOf([...hello, ...mail, ...mail, ...bye])) // prettier-ignore
  expect(rows.map(({ name }) => name)).toEqual(['Greeting', 'EHLO', 'EHLO again', 'MAIL', 'RCPT', 'DATA', 'Body', 'MAIL 2', 'RCPT 2', 'DATA 2', 'Body 2', 'QUIT', 'End']) // prettier-ignore
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
})
test('what is only on one side matters, but for courtesies', () => {
  const { rows } = diffSteps(sideOf([...hello, 'C: NOOP', 'S: 250 Ok', ...mail]), sideOf(hello))
  expect(rows.filter(({ status }) => status === 'left').map(({ name, weight }) => `${name} ${weight}`)).toEqual(['NOOP note', 'MAIL matters', 'RCPT matters', 'DATA matters', 'Body matters']) // prettier-ignore
})
