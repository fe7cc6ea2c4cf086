/**
 * Owns: that the end-to-end tests meet the sources as they are: `out/` is built before the first of them where it is missing
 * or older than what it is made of. `npm test` has built it by then.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const sources = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
]

/** Changed last, in milliseconds; of a folder the newest of what lies in it, itself too: a file may have gone. */
function newest(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const isCurrent = (built: string): boolean =>
  existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map((name) => newest(join(root, name))))

export default function build(): void {
  const parts = ['main/cli.js', 'main/browser.js', 'renderer/index.html']
  if (parts.every((part) => isCurrent(join(root, 'out', part)))) return
  const program = join(root, 'node_modules/.bin/electron-vite')
  const done = spawnSync(program, ['build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`the build failed:\n${done.stdout}${done.stderr}`)
}
