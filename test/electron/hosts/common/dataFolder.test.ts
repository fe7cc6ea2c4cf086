import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { defaultDataFolder } from '../../../../electron/hosts/common/dataFolder.ts'

const home = '/home/a'

test.each([
  ['linux', {}, '/home/a/.local/share/relayscope'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/relayscope'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/relayscope'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Application Support/Relayscope'],
  ['win32', {}, '/home/a/AppData/Local/Relayscope'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Relayscope'],
] as const)('%s %o', (platform, env, folder) => {
  expect(defaultDataFolder({ platform, env, home })).toBe(join(folder))
})

test('RELAYSCOPE_DATA goes before all, made absolute', () => {
  expect(defaultDataFolder({ platform: 'linux', env: { RELAYSCOPE_DATA: 'here' }, home })).toBe(
    resolve('here'),
  )
  expect(defaultDataFolder({ platform: 'linux', env: { RELAYSCOPE_DATA: '' }, home })).toContain(home)
})
