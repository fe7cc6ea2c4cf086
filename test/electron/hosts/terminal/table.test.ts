import { expect, test } from 'vitest'
import { table } from '../../../../electron/hosts/terminal/table.ts'

test('columns are as wide as their widest cell, lines end with their text', () => {
  expect(table([['port', 'answer', ''], ['25', 'no', 'x'], ['2525', '…', '']])).toEqual([
    'port  answer',
    '25    no      x',
    '2525  …',
  ]) // prettier-ignore
  expect(table([])).toEqual([])
})
