/** Owns: whether the desktop app can open here: the Electron runtime, a display, a user whom its sandbox takes. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { signalStatus } from './child.ts'

export interface Machine {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  /** Effective user id; undefined on Windows. */
  uid: number | undefined
  exists: (path: string) => boolean
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  uid: process.getuid?.(),
  exists: existsSync,
})

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * The runtime's program, or null when it is not there, or not whole: Electron's package writes path.txt last, so that a
 * fetch that was cut off is seen. ELECTRON_OVERRIDE_DIST_PATH names another folder than its package's.
 */
export function findRuntime(root: string, { platform, env, exists }: Machine): string | null {
  const named = env['ELECTRON_OVERRIDE_DIST_PATH']
  const own = join(root, 'node_modules/electron')
  if (named === undefined && !exists(join(own, 'path.txt'))) return null
  const program = join(named ?? join(own, 'dist'), programs[platform] ?? 'electron')
  return exists(program) ? program : null
}

/** Signals by which a program ends itself. Chromium does where the system denies it a sandbox, as newer Ubuntu does. */
const crashes = ['SIGTRAP', 'SIGABRT', 'SIGILL', 'SIGSEGV', 'SIGBUS'] as const

/** Why a runtime that ended with this status could not show a window, in half a sentence; null when it ended as asked. */
export function whyFailed(status: number): string | null {
  if (status === 127) return 'the Electron runtime cannot run here (a library of it is missing)'
  const crash = crashes.find((name) => status === signalStatus(name))
  return crash === undefined
    ? null
    : `the Electron runtime ended itself with ${crash}, as it does where the system denies it a sandbox`
}

/** Why no window can open here whatever the runtime, in half a sentence; or null. */
export function whyNoWindow(flags: readonly string[], { platform, env, uid }: Machine): string | null {
  if (flags.includes('--browser')) return 'as asked'
  if (platform !== 'linux') return null
  if ((env['DISPLAY'] ?? '') === '' && (env['WAYLAND_DISPLAY'] ?? '') === '')
    return 'there is no display here'
  // Chromium refuses its sandbox to root, and without the sandbox we open no window unless a test says so.
  if (uid === 0 && !flags.includes('--no-sandbox')) return "root cannot have the window's sandbox"
  return null
}
