import { expect, test } from 'vitest'
import { createViewStore } from '#renderer/stores/view.ts'

test('going somewhere closes what lies over the room', () => {
  const { getState } = createViewStore()
  getState().set({ paletteOpen: true, listOpen: true, sideOpen: true })
  getState().go({ room: 'send', id: '' })
  expect(getState()).toMatchObject({
    route: { room: 'send' },
    paletteOpen: false,
    listOpen: false,
    sideOpen: false,
  })
})
test('cursor, following and folds belong to one dialogue each', () => {
  const { getState } = createViewStore()
  getState().select('a', 4)
  getState().follow('a', false)
  getState().toggle('unfolded', 'a', 9)
  getState().toggle('expanded', 'b', 3)
  getState().toggle('expanded', 'b', 3)
  expect(getState()).toMatchObject({
    cursors: { a: 4 },
    following: { a: false },
    unfolded: { a: [9] },
    expanded: { b: [] },
  })
})
