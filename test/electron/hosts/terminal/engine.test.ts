import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openEngine } from '../../../../electron/hosts/terminal/engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-engine-'))
afterAll(() => rmSync(folder, { recursive: true }))
const entry = pathToFileURL(join(import.meta.dirname, '../../../../electron/hosts/terminal/cli.ts')).href

test('without a folder it has one of its own, for its owner only, and leaves nothing behind', async () => {
  const opened = await openEngine(null, entry)
  expect(await opened.client.call('app.info', {})).toMatchObject({
    host: 'terminal',
    dataFolder: opened.dataFolder,
  })
  expect(readdirSync(opened.dataFolder)).toContain('relayscope.db')
  if (process.platform !== 'win32') expect(statSync(opened.dataFolder).mode & 0o077).toBe(0)
  await Promise.all([opened.close(), opened.close()])
  expect(existsSync(opened.dataFolder)).toBe(false)
})

test('a named folder is made, kept, and can be opened again', async () => {
  const data = join(folder, 'a', 'b')
  for (let round = 0; round < 2; round++) {
    const opened = await openEngine(data, entry)
    expect(await opened.client.call('inbox.list', {})).toMatchObject({ total: 0 })
    await opened.close()
  }
  expect(existsSync(join(data, 'relayscope.db'))).toBe(true)
})

test('a folder that is in use is told in words, and the first user is not disturbed', async () => {
  const data = join(folder, 'used')
  const first = await openEngine(data, entry)
  await expect(openEngine(data, entry)).rejects.toThrow(/Another running Relayscope uses this data folder/)
  expect(await first.client.call('inbox.list', {})).toMatchObject({ total: 0 })
  await first.close()
})
