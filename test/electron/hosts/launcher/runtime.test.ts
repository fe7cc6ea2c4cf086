import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  findRuntime,
  type Machine,
  thisMachine,
  whyFailed,
  whyNoWindow,
} from '../../../../electron/hosts/launcher/runtime.ts'

const machine = (about: Partial<Machine>): Machine => ({
  platform: 'linux',
  env: { DISPLAY: ':0' },
  uid: 1000,
  exists: () => true,
  ...about,
})

test.each([
  ['linux', {}, join('/p', 'node_modules/electron/dist/electron')],
  ['darwin', {}, join('/p', 'node_modules/electron/dist/Electron.app/Contents/MacOS/Electron')],
  ['win32', {}, join('/p', 'node_modules/electron/dist/electron.exe')],
  ['linux', { ELECTRON_OVERRIDE_DIST_PATH: '/e' }, join('/e', 'electron')],
] as const)('the runtime of %s %o', (platform, env, program) => {
  expect(findRuntime('/p', machine({ platform, env }))).toBe(program)
  expect(findRuntime('/p', machine({ platform, env, exists: () => false }))).toBeNull()
})

const exists = (path: string): boolean => !path.endsWith('path.txt')
test('a runtime whose fetching was cut off is none', () => {
  expect(findRuntime('/p', machine({ exists }))).toBeNull()
  expect(findRuntime('/p', machine({ exists, env: { ELECTRON_OVERRIDE_DIST_PATH: '/e' } }))).not.toBeNull()
})

test('a runtime that cannot show a window is told from one that was closed', () => {
  for (const status of [0, 1, 130, 143]) expect(whyFailed(status)).toBeNull()
  expect(whyFailed(127)).toContain('library')
  expect(whyFailed(133)).toContain('SIGTRAP')
})

test('a window needs a display and, on Linux, a user who is not root', () => {
  expect(whyNoWindow([], machine({}))).toBeNull()
  expect(whyNoWindow([], machine({ env: { WAYLAND_DISPLAY: 'wayland-0' } }))).toBeNull()
  expect(whyNoWindow([], machine({ env: { DISPLAY: '' } }))).toBe('there is no display here')
  expect(whyNoWindow([], machine({ uid: 0 }))).toContain('root')
  expect(whyNoWindow(['--no-sandbox'], machine({ uid: 0 }))).toBeNull()
  expect(whyNoWindow(['--browser'], machine({}))).toBe('as asked')
  expect(whyNoWindow([], machine({ platform: 'darwin', env: {} }))).toBeNull()
})

test('this machine is told as it is', () => {
  expect(thisMachine()).toMatchObject({ platform: process.platform, uid: process.getuid?.() })
})
