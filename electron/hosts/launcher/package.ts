/**
 * Owns: `npm run package [-- --linux|--win|--mac|--dir ...]`: build, then electron-builder for this system. Where the
 * Electron runtime or a packaging tool cannot be fetched, what can be made is made and the rest is said.
 *
 * RELAYSCOPE_ELECTRON_DIST names a folder with an unpacked Electron runtime to use instead of fetching one.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

/** Arguments for electron-builder: the caller's own, and the runtime's folder when one is named. */
export function builderArguments(
  given: readonly string[],
  env: Record<string, string | undefined>,
): string[] {
  const dist = env['RELAYSCOPE_ELECTRON_DIST']
  const args = ['--config', 'electron-builder.yml', '--publish', 'never', ...given]
  return dist === undefined ? args : [...args, `--config.electronDist=${dist}`]
}

function run(program: string, args: readonly string[]): number {
  const path = join(root, 'node_modules/.bin', program)
  const done = spawnSync(path, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  return done.status ?? 1
}

if (import.meta.main) {
  const built = run('electron-vite', ['build', '--logLevel', 'warn'])
  const status =
    built === 0 ? run('electron-builder', builderArguments(process.argv.slice(2), process.env)) : built
  process.exitCode = status
}
