import { expect, test } from 'vitest'
import {
  type Pick,
  pickAll,
  pickedWords,
  pickStep,
  pickTo,
  pickToggle,
  stillPicked,
} from '#renderer/model/inboxPick.ts'

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const at = (pick: Pick | null = null, open = 'b') => ({ view: 'v', rows, open, pick })
const ids = (pick: Pick | null) => [...(pick?.ids ?? [])].join('')

test('one more, one less; the open row belongs to the first', () => {
  const two = pickToggle(at(), 'd')
  expect(ids(two)).toBe('bd')
  expect(ids(pickToggle(at(two), 'b'))).toBe('d')
  expect(ids(pickToggle(at(null, ''), 'd'))).toBe('d')
  expect(pickToggle(at(pickToggle(at(null, ''), 'd'), ''), 'd')).toBeNull()
})

test('a stretch from where picking began, either way', () => {
  expect(ids(pickTo(at(), 'd'))).toBe('bcd')
  expect(ids(pickTo(at(pickTo(at(), 'd')), 'a'))).toBe('ab')
  expect(ids(pickTo(at(null, ''), 'c'))).toBe('c')
  expect(ids(pickTo(at(null, 'gone'), 'c'))).toBe('c')
})

test('Shift and an arrow grow and shrink it, to the ends', () => {
  const down = pickStep(at(), 1)
  expect(ids(down)).toBe('bc')
  expect(ids(pickStep(at(pickStep(at(down), -1)), -1))).toBe('ab')
  expect(ids(pickStep(at(pickTo(at(), 'e')), 1))).toBe('bcde')
  expect(ids(pickStep(at(null, ''), 1))).toBe('a')
  expect(ids(pickStep(at(null, ''), -1))).toBe('e')
  expect(pickStep({ ...at(), rows: [] }, 1)).toBeNull()
})

test('all that is loaded; what is gone, or another view, is picked no longer', () => {
  const all = pickAll(at())
  expect(ids(all)).toBe('abcde')
  expect(pickAll({ ...at(), rows: [] })).toBeNull()
  expect(stillPicked(all, 'v', rows)).toBe(all)
  expect(ids(stillPicked(all, 'v', rows.slice(3)))).toBe('de')
  expect(stillPicked(all, 'v', [])).toBeNull()
  expect(stillPicked(all, 'w', rows)).toBeNull()
})

test('how many they are, in words', () => {
  expect(pickedWords(null, 9)).toBe('None selected')
  expect(pickedWords(pickAll(at()), 9)).toBe('5 selected')
  expect(pickedWords({ ...pickAll(at())!, everything: true }, 1200)).toBe('All 1,200 selected')
})
