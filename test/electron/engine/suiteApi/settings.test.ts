import { describe, expect, it } from 'vitest'
import { changed, defaults, loadSettings, saveSettings, settingsProblems } from '#engine/suiteApi/settings.ts'
import { keepLog } from '#test/support/server/place.ts'

function settingStore(initial: string | null = null) {
  let kept = initial
  return { getSetting: () => Promise.resolve(kept), putSetting: (_key: string, json: string) => Promise.resolve(void (kept = json)), text: () => kept } // prettier-ignore
}

it('comes back as it was saved, and with defaults where it cannot be read', async () => {
  const [store, { log, lines }] = [settingStore(), keepLog()]
  expect(await loadSettings(store, log)).toEqual(defaults)
  const settings = { ...defaults, on: true, port: 9, names: ['ci'] }
  await saveSettings(store, settings)
  expect(await loadSettings(store, log)).toEqual(settings)
  expect(lines).toEqual([])
  expect(await loadSettings(settingStore('{"on":1}'), log)).toEqual(defaults)
  expect(await loadSettings(settingStore('x'), log)).toEqual(defaults)
  expect(lines).toHaveLength(2)
})

it('changes what is named, tidied, and nothing else', () => {
  const change = { address: ' ::1 ', names: [' CI '], allowedHosts: ['A.test', 'a.test'], token: 'x'.repeat(20), save: true }
  expect(changed(defaults, change)).toEqual({ ...defaults, address: '::1', names: ['ci'], allowedHosts: ['a.test'] })
}) // prettier-ignore

describe('a change that cannot be', () => {
  it.each([
    [{ address: 'nowhere' }, undefined, 'address', 'no IP address'],
    [{ address: '0.0.0.0' }, undefined, 'address', 'other machines'],
    [{ names: ['a b'] }, undefined, 'names[0]', 'no host name'],
    [{ allowedHosts: ['*'] }, undefined, 'allowedHosts[0]', 'no host'],
    [{}, 'short', 'token', '16 characters'],
    [{}, `${'x'.repeat(16)} y`, 'token', 'space'],
  ])('%j %s', (change, token, field, words) => {
    const problems = settingsProblems({ ...defaults, ...change }, token)
    expect(problems).toMatchObject([{ field, message: expect.stringContaining(words) }])
    if (token !== undefined) expect(JSON.stringify(problems)).not.toContain(token)
  })

  it('is none of these', () => {
    expect(settingsProblems({ ...defaults, address: '0.0.0.0', allowOutside: true, names: ['ci'] }, 'x'.repeat(16))).toEqual([]) // prettier-ignore
    expect(settingsProblems({ ...defaults, address: 'localhost' }, undefined)).toEqual([])
  })
})
