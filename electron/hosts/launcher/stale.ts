/** Owns: whether out/ is older than what it is built from. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
]
const products = [
  'out/main/main.js',
  'out/main/browser.js',
  'out/main/storeWorker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
]

/** Milliseconds of the newest file below a path; 0 for none. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** True when something is missing or was changed after the build. */
export function isStale(root: string): boolean {
  const oldest = Math.min(...products.map((path) => newest(join(root, path))))
  return oldest === 0 || sources.some((path) => newest(join(root, path)) > oldest)
}
