import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isStale } from '../../../../electron/hosts/launcher/stale.ts'

const root = resolve(import.meta.dirname, '../../../..')

test('where no window can open it says why in one line and passes flags on to the browser host', ({
  skip,
}) => {
  if (isStale(root)) skip('out/ is older than the sources: run "npm run build" first')
  const script = join(root, 'electron/hosts/launcher/start.ts')
  const done = spawnSync(process.execPath, [script, '--browser', '--no-sandbox', '--port', '70000'], {
    encoding: 'utf8',
  })
  const [first, second] = done.stderr.split('\n')
  expect(first).toBe('Relayscope opens in the browser: as asked.')
  expect(second).toBe('--port "70000": a number from 0 to 65535.')
  expect(done.status).toBe(2)
})

test('where the runtime ends itself the browser takes its place', ({ skip }) => {
  if (isStale(root)) skip('out/ is older than the sources: run "npm run build" first')
  if (process.platform !== 'linux') skip('a script stands in for the runtime on Linux only')
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-runtime-'))
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nkill -TRAP $$\n')
  chmodSync(join(folder, 'electron'), 0o755)
  const script = join(root, 'electron/hosts/launcher/start.ts')
  const done = spawnSync(process.execPath, [script, '--no-sandbox', '--port', '70000'], {
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder },
  })
  rmSync(folder, { recursive: true })
  expect(done.stderr).toContain(
    'Relayscope opens in the browser: the Electron runtime ended itself with SIGTRAP',
  )
  expect(done.status).toBe(2)
})

test('--help is answered at once: nothing is built, fetched or opened', () => {
  const script = join(root, 'electron/hosts/launcher/start.ts')
  const done = spawnSync(process.execPath, [script, '--help'], { encoding: 'utf8' })
  expect([done.status, done.stderr]).toEqual([0, ''])
  for (const flag of ['--browser', '--data', '--port', '--no-open']) expect(done.stdout).toContain(flag)
})
