import { beforeEach, expect, test } from 'vitest'
import { endCell, moveCell, moveRow, rowWithFocus } from '#renderer/features/compare/matrixKeys.ts'

const row = (key: string, ...names: string[]) =>
  `<tr data-row="${key}" tabindex="-1">${names.map((name) => `<td><button tabindex="-1" data-cell="${name}"></button></td>`).join('')}</tr>`
let table: HTMLElement
beforeEach(() => {
  document.body.innerHTML = `<table><tbody>${row('a', 'reach', 'auth', 'time')}${row('b', 'reach', 'time')}</tbody></table>`
  table = document.querySelector('table')!
})
const focus = () => {
  const { row: key, cell } = (document.activeElement as HTMLElement).dataset
  return cell === undefined ? key : `${rowWithFocus()?.dataset['row']} ${cell}`
}
const after = (...moves: (() => void)[]) =>
  moves.map((move) => {
    move()
    return focus()
  })

test('rows, then the cells of one, the same column above and below, and back', () => {
  const [left, right] = [() => moveCell(-1), () => moveCell(1)]
  const [up, down] = [() => moveRow(table, -1), () => moveRow(table, 1)]
  moveRow(table, 'first')
  expect(after(right, right, right, right, down, up, left, left, left)).toEqual([
    'a reach', 'a auth', 'a time', 'a time', 'b time', 'a time', 'a auth', 'a reach', 'a',
  ]) // prettier-ignore
  expect(after(down, down, () => moveRow(table, 'first'), right, () => endCell('last'), () => endCell('first'))).toEqual(
    ['b', 'b', 'a', 'a reach', 'a time', 'a reach'],
  ) // prettier-ignore
})
test('a column that the other row lacks leads to the row itself', () => {
  moveRow(table, 'first')
  after(() => moveCell(1), () => moveCell(1)) // prettier-ignore
  moveRow(table, 1)
  expect(focus()).toBe('b')
})
