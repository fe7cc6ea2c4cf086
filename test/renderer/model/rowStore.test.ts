import { expect, test } from 'vitest'
import type { LadderRow } from '#renderer/model/ladderRows.ts'
import { RowStore } from '#renderer/model/rowStore.ts'

const rows: LadderRow[] = [
  { kind: 'link', seq: 1, wall: 'none', seqs: [1, 2] },
  { kind: 'band', seq: 3, wall: 'open', segment: 0 },
  { kind: 'reply', seq: 3, wall: 'open', gap: 64_000 },
  { kind: 'line', seq: 4, wall: 'sealed', gap: 0 },
  { kind: 'body', seq: 9, wall: 'sealed', body: 2 },
  { kind: 'end', seq: 12, wall: 'sealed' },
]
const filled = () => {
  const store = new RowStore()
  for (const row of rows) store.push(row)
  return store
}

test('rows come out as they went in', () => {
  const store = filled()
  expect([...store]).toEqual(rows)
  expect(store.length).toBe(6)
  expect(store.at(-1)).toBeUndefined()
  expect(store.at(6)).toBeUndefined()
})
test('a row can be replaced by one of another kind', () => {
  const store = filled()
  store.set(0, { kind: 'line', seq: 1, wall: 'none', gap: 5 })
  store.set(3, { kind: 'wait', seq: 4, wall: 'sealed' })
  expect(store.at(0)).toEqual({ kind: 'line', seq: 1, wall: 'none', gap: 5 })
  expect(store.at(3)).toEqual({ kind: 'wait', seq: 4, wall: 'sealed' })
})
test('the last row that begins at or before an event', () => {
  const store = filled()
  expect([0, 1, 2, 3, 8, 9, 99].map((seq) => store.lastUpTo(seq))).toEqual([-1, 0, 0, 2, 3, 4, 5])
  expect(new RowStore().lastUpTo(1)).toBe(-1)
})
test('it grows', () => {
  const store = new RowStore()
  for (let seq = 1; seq <= 10_000; seq++) store.push({ kind: 'line', seq, wall: 'open', gap: seq })
  expect(store.at(9999)).toEqual({ kind: 'line', seq: 10_000, wall: 'open', gap: 10_000 })
})
