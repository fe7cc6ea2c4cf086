import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const manifest = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>
}

test('the lock file names no registry host', () => {
  const lock = readFileSync(resolve(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toMatch(/"resolved"/)
  expect(lock).not.toMatch(/https?:\/\/registry/)
})

test('every version is pinned', () => {
  const loose = Object.entries(manifest.devDependencies).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  )
  expect(loose).toEqual([])
})
