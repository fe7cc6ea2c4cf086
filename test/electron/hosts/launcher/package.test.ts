import { expect, test } from 'vitest'
import { builderArguments } from '../../../../electron/hosts/launcher/package.ts'

test('never publishes and passes the given arguments on', () => {
  expect(builderArguments(['--linux', '--dir'], {})).toEqual([
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    '--linux',
    '--dir',
  ])
})

test('uses a named runtime folder instead of fetching one', () => {
  expect(builderArguments([], { RELAYSCOPE_ELECTRON_DIST: '/opt/electron' })).toContain(
    '--config.electronDist=/opt/electron',
  )
})
