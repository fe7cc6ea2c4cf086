import { expect, test } from 'vitest'
import { createSettingsStore, loadSettings, settingsKey } from '#renderer/stores/settings.ts'

const storage = (saved?: string) => {
  const map = new Map(saved === undefined ? [] : [[settingsKey, saved]])
  return { map, getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value) } // prettier-ignore
}
const share = { format: 'markdown', addresses: true, names: true, bodies: true, keepInCommands: false }
test('what is unknown, wrong or of another version falls back', () => {
  const defaults = { theme: 'system', singleKeys: true, bytes: 'hex', share }
  for (const saved of [undefined, '', '{"version":9,"settings":{"theme":"dark"}}', '[1', 'null'])
    expect(loadSettings(storage(saved))).toEqual(defaults)
  const partly = JSON.stringify({ version: 1, settings: { theme: 'dark', bytes: 7, secret: 'x' } })
  expect(loadSettings(storage(partly))).toEqual({ ...defaults, theme: 'dark' })
})
test('saves by allow-list and goes on when storage refuses', () => {
  const kept = storage(JSON.stringify({ version: 1, settings: { theme: 'dark', secret: 'x' } }))
  const store = createSettingsStore(kept)
  store.getState().change({ theme: 'light' })
  expect(JSON.parse(kept.map.get(settingsKey)!)).toEqual({ version: 1, settings: { theme: 'light', singleKeys: true, bytes: 'hex', share } }) // prettier-ignore
  const full = createSettingsStore({ getItem: () => null, setItem: () => { throw new Error('full') } }) // prettier-ignore
  full.getState().change({ singleKeys: false })
  expect(full.getState().singleKeys).toBe(false)
})
const saved = (value: unknown) => storage(JSON.stringify({ version: 1, settings: { share: value } }))
test('what is hidden falls back to hidden, each by itself', () => {
  expect(loadSettings(saved({ format: 'fax', names: false, bodies: 0 })).share).toEqual({
    ...share,
    names: false,
  })
  expect(loadSettings(saved('all')).share).toEqual(share)
})
