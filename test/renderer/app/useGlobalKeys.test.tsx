import { expect, test } from 'vitest'
import { globalKey, nextPane } from '#renderer/app/useGlobalKeys.ts'
import { makeServices } from '../../support/page/render.tsx'

const key = (name: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key: name, ...more })
test('palette, rooms and help by key; letters can be switched off', () => {
  const { services, stores } = makeServices()
  expect(globalKey(key('k', { ctrlKey: true }), services)).toBe(true)
  expect(stores.view.getState().paletteOpen).toBe(true)
  expect(globalKey(key('1', { metaKey: true }), services)).toBe(true)
  expect(window.location.hash).toBe('#/dialogue')
  expect(globalKey(key('9', { ctrlKey: true }), services)).toBe(false)
  expect(globalKey(key('?'), services)).toBe(true)
  expect(stores.view.getState().keysOpen).toBe(true)
  stores.settings.getState().change({ singleKeys: false })
  expect(globalKey(key('?'), services)).toBe(false)
  expect(globalKey(key('F6'), services)).toBe(true)
})
test('F6 goes round, forwards and back', () => {
  const panes = ['a', 'b'].map(() => document.createElement('div'))
  const inside = panes[1]!.appendChild(document.createElement('button'))
  expect(nextPane(panes, inside, false)).toBe(panes[0])
  expect(nextPane(panes, inside, true)).toBe(panes[0])
  expect(nextPane(panes, null, false)).toBe(panes[0])
})
test('F6 goes past a pane that has nothing to act on, and takes no control that is off', () => {
  const { services } = makeServices()
  document.body.innerHTML = `
    <div data-pane><a href="#x">room</a></div>
    <div data-pane><p>words</p></div>
    <div data-pane><button disabled>before</button><button>after</button></div>`
  document.querySelector('a')?.focus()
  globalKey(key('F6'), services)
  expect(document.activeElement?.textContent).toBe('after')
  globalKey(key('F6'), services)
  expect(document.activeElement?.textContent).toBe('room')
  document.body.innerHTML = ''
})
test('under a question no key leads away from it', () => {
  const { services } = makeServices()
  document.body.innerHTML = '<div data-asks></div>'
  expect(globalKey(key('2', { ctrlKey: true }), services)).toBe(false)
  expect(globalKey(key('?'), services)).toBe(false)
  document.body.innerHTML = ''
})
