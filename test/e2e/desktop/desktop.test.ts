import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}
const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist')
const runtime = join(folder, names[process.platform] ?? 'electron')
const why = existsSync(runtime)
  ? null
  : 'no Electron runtime here (ELECTRON_OVERRIDE_DIST_PATH names a folder with one)'

let app: ElectronApplication
const data = mkdtempSync(join(tmpdir(), 'relayscope-desktop-'))

beforeAll(async () => {
  if (why !== null) return
  const root0 = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  app = await _electron.launch({
    executablePath: runtime,
    args: [...root0, root, `--data=${data}`],
    cwd: root,
  })
})

beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why === null) await app.close()
  rmSync(data, { recursive: true, force: true })
})

test('the desktop window opens on the real page and reaches the engine', async () => {
  const window = await app.firstWindow()
  await window.getByRole('navigation').waitFor()
  expect(await window.title()).toContain('Relayscope')
  await window.getByRole('link', { name: 'Settings' }).click()
  await window.getByText(data).waitFor()
})

test('the page has no Node, no bridge and no way to another site', async () => {
  const window = await app.firstWindow()
  const reach = await window.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>)['require'],
    process: typeof (globalThis as Record<string, unknown>)['process'],
  }))
  expect(reach).toEqual({ require: 'undefined', process: 'undefined' })
  const before = window.url()
  await window.evaluate(() => void (location.href = 'https://example.invalid/')).catch(() => undefined)
  await expect.poll(() => window.url()).toBe(before)
  expect(app.windows()).toHaveLength(1)
})
