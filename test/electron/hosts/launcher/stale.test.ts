import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isStale } from '../../../../electron/hosts/launcher/stale.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'relayscope-stale-'))
})
afterEach(() => rm(root, { recursive: true }))

/** Writes a file, it and its folder `seconds` old by the clock of 2020. */
async function put(path: string, seconds: number): Promise<void> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  const time = new Date(Date.UTC(2020, 0, 1) - seconds * 1000)
  await utimes(file, time, time)
  await utimes(dirname(file), time, time)
}

async function build(seconds: number): Promise<void> {
  for (const name of [
    'main/main.js',
    'main/browser.js',
    'main/storeWorker.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ])
    await put(`out/${name}`, seconds)
}

test('never built is stale, and so is built in part', async () => {
  await put('shared/a.ts', 10)
  expect(isStale(root)).toBe(true)
  await put('out/main/main.js', 5)
  expect(isStale(root)).toBe(true)
})

test('built after the last change is fresh; a later change makes it stale', async () => {
  await put('shared/a.ts', 10)
  await build(5)
  expect(isStale(root)).toBe(false)
  await put('shared/b.ts', 1)
  expect(isStale(root)).toBe(true)
})
