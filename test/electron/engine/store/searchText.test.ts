import { expect, it } from 'vitest'
import { searchText } from '#engine/store/searchText.ts'

it.each([
  ['invoice', '"invoice"*'],
  ['  two  words ', '"two"* AND "words"*'],
  ['a@b.example', '"a@b.example"*'],
  ['say "hi" OR NOT', '"say"* AND """hi"""* AND "OR"* AND "NOT"*'],
  ['中文café', '("中文café"* OR "中  文 café"*)'],
  ['... ***', null],
  ['', null],
])('quotes %j', (typed, query) => {
  expect(searchText(typed)).toBe(query)
})

it('bounds the number of words', () => {
  expect(searchText('w '.repeat(1000))!.split(' AND ')).toHaveLength(20)
})
