import { createPackage, listPackage } from '@electron/asar'
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { builderArguments } from '../../electron/hosts/launcher/package.ts'

const root = resolve(import.meta.dirname, '../..')
const bin = (name: string): string => join(root, 'node_modules/.bin', name)
const exec = promisify(execFile)
const home = mkdtempSync(join(tmpdir(), 'relayscope-package-'))
const output = join(home, 'release')
const why = process.platform === 'linux' ? null : 'the stand-in runtime is laid out as on Linux'

/** The bytes by which @electron/fuses finds the fuses in a runtime: a sentinel, version 1, nine fuses all on. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.alloc(9, '1'),
])

/** A folder laid out like an Electron runtime, without one: what packaging does to it can be seen all the same. */
async function makeStandIn(): Promise<string> {
  const folder = join(home, 'runtime')
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  mkdirSync(join(home, 'empty'))
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'resources.pak',
    'locales/en-US.pak',
  ])
    writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\n'), fuseWire]))
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(home, 'empty/package.json'), '{}')
  await createPackage(join(home, 'empty'), join(folder, 'resources/default_app.asar'))
  return folder
}

beforeAll(async () => {
  if (why !== null) return
  if (!existsSync(join(root, 'out/main/main.js')))
    throw new Error('out/ is missing: run "npm run build" first')
  const env = { RELAYSCOPE_ELECTRON_DIST: await makeStandIn() }
  const args = builderArguments(['--linux', 'dir', `--config.directories.output=${output}`], env)
  await exec(bin('electron-builder'), args, { cwd: root })
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('the package holds the built program and nothing else', () => {
  const files = listPackage(join(output, 'linux-unpacked/resources/app.asar'), { isPack: false })
  for (const file of [
    '/out/main/main.js',
    '/out/main/storeWorker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
  ])
    expect(files).toContain(file)
  expect(files.filter((file) => /node_modules|\.map$|^\/(test|shared|electron|renderer)/.test(file))).toEqual(
    [],
  )
})

test('the fuses close what a mail tester does not need', async () => {
  const { stdout } = await exec(bin('electron-fuses'), [
    'read',
    '--app',
    join(output, 'linux-unpacked/relayscope'),
  ])
  for (const line of [
    'RunAsNode is Disabled',
    'EnableNodeOptionsEnvironmentVariable is Disabled',
    'EnableNodeCliInspectArguments is Disabled',
    'EnableEmbeddedAsarIntegrityValidation is Enabled',
    'OnlyLoadAppFromAsar is Enabled',
  ])
    expect(stdout).toContain(line)
})
