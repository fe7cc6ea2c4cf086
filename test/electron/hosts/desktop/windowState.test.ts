import { expect, test } from 'vitest'
import { fitWindowState, parseWindowState } from '../../../../electron/hosts/desktop/windowState.ts'

const display = { x: 0, y: 0, width: 1920, height: 1080 }
const usual = { width: 1440, height: 900, maximized: false }

test.each([null, '', 'no json', '[]', '{"width":"wide"}', '{"width":-5,"height":1}'])(
  '%o gives the usual size',
  (text) => {
    expect(parseWindowState(text)).toEqual(usual)
  },
)

test('what was kept is read back', () => {
  const state = { width: 1000, height: 700, x: 10, y: 20, maximized: true }
  expect(parseWindowState(JSON.stringify(state))).toEqual(state)
  expect(fitWindowState(state, [display])).toEqual(state)
})

test('the size is at least the minimum', () => {
  expect(fitWindowState({ width: 10, height: 10, maximized: false }, [display])).toMatchObject({
    width: 800,
    height: 560,
  })
})

test.each([
  [5000, 10],
  [-1390, 10],
  [10, -50],
  [10, 1070],
])('a place that no display shows, %i %i, is forgotten', (x, y) => {
  expect(fitWindowState({ ...usual, x, y }, [display])).toEqual(usual)
})

test('a second display counts', () => {
  const state = { ...usual, x: 2000, y: 100 }
  expect(fitWindowState(state, [display, { ...display, x: 1920 }])).toEqual(state)
})
