import { expect, it } from 'vitest'
import { pairs, shownTarget } from '#engine/httpApi/conversation.ts'

it('pairs names and values as they came', () => {
  expect(pairs(['A', '1', 'a', '2'])).toEqual([
    ['A', '1'],
    ['a', '2'],
  ])
})

it('hides credentials of the query and nothing else', () => {
  expect(shownTarget('/x')).toBe('/x')
  expect(shownTarget('/x?a=1&apiKey=s&token=t?u&auth')).toBe('/x?a=1&apiKey=********&token=********&auth')
})
