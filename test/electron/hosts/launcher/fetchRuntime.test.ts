import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchRuntime, fetchScript } from '../../../../electron/hosts/launcher/fetchRuntime.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relayscope-fetch-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function script(text: string): Promise<string> {
  const file = join(folder, 'install.cjs')
  await writeFile(file, text)
  return file
}

test('a script that ends well has fetched it; one that fails has not', async () => {
  expect(await fetchRuntime(await script('process.exit(0)'))).toBeNull()
  expect(await fetchRuntime(await script('process.exit(1)'))).toBe('it could not be fetched')
})

test('a script that never ends is ended at the limit', async () => {
  expect(await fetchRuntime(await script('setInterval(() => {}, 1000)'), 200)).toContain('within 0 seconds')
})

test("the script is the one of Electron's own package", () => {
  expect(fetchScript('/p')).toBe(join('/p', 'node_modules/electron/install.js'))
})
