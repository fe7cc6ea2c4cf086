import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const rooms = ['shared', 'electron', 'renderer']

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

/** A file that only declares types, re-exports or data schemas has nothing to run. */
function hasBehaviour(file: string): boolean {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  return /\bfunction\b|=>|\bclass\b/.test(text.replace(/^export (?:interface|type) [\s\S]*?^\}?$/gm, ''))
}

/** Started by a runtime, not imported: their tests start them as a process. */
const entries = new Set([
  'electron/engine/storeWorker.ts',
  'electron/hosts/launcher/start.ts',
  'electron/hosts/launcher/dev.ts',
  'renderer/app/main.tsx',
])

const testOf = (file: string): string[] => {
  const stem = join('test', file).replace(/\.tsx?$/, '')
  return [`${stem}.test.ts`, `${stem}.test.tsx`]
}

test('each source file with behaviour has its own test at the mirrored path', () => {
  const orphans = rooms
    .flatMap(files)
    .filter(
      (file) => !file.startsWith('shared/rpc/contract') && !file.endsWith('types.ts') && !entries.has(file),
    )
    .filter((file) => hasBehaviour(file) && !testOf(file).some((path) => existsSync(join(root, path))))
  expect(orphans).toEqual([])
})

test('each mirrored test has its source file', () => {
  const orphans = rooms
    .flatMap((room) => (existsSync(join(root, 'test', room)) ? files(join('test', room)) : []))
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => {
      const stem = file.replace(/^test\//, '').replace(/\.test\.tsx?$/, '')
      return !['.ts', '.tsx', '.cjs'].some((end) => existsSync(join(root, stem + end)))
    })
  expect(orphans).toEqual([])
})
